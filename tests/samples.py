"""A little bibliography with one source note, and an article that cites it all."""

BIB = """\
@article{smith2020,
  author = {Smith, Ann and Lee, Bo}, title = {A trial of drips}, journal = {Headache}, year = {2020},
  volume = {1}, pages = {713--716},
}
@article{jones2019fluid,
  author = {Jones, Cy}, title = {Fluids for migraine}, journal = {Headache}, year = {2019}, volume = {2}, pages = {1--9},
}
"""
LEE = """\
@article{lee2020,
  author = {Lee, Bo}, title = {Fluids for migraine}, journal = {Headache}, year = {2020}, doi = {10.1000/fluids},
}
"""
NOTE = """\
design = "randomised trial"
[[finding]]
id = "pain-60min"
outcome = "pain at 60 minutes"
effect = "no difference"
statement = "Pain fell 4.5 points with saline and 4.9 points without it."
"""
HEAD = "---\ntitle: T\ndate: 2026-11-24\n---\n\n"
ARTICLE = HEAD + "Two trials found no difference [@smith2020; @jones2019fluid].\n"
VOCABULARY = """\
[treatments.iv-therapy]
label = "a drip of any kind"
synonyms = ["drip", "infusion"]

[treatments.iv-fluids]
label = "fluids by drip"
synonyms = ["IV fluids", "saline", "fluid drip"]
broader = ["iv-therapy"]

[treatments.magnesium]
label = "magnesium"

[treatments.iv-magnesium]
label = "magnesium by drip"
synonyms = ["IV magnesium", "magnesium drip", "IV magnesium sulfate", "MgSO4"]
broader = ["magnesium", "iv-therapy"]
"""
