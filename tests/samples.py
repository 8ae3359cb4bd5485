"""A little bibliography with source notes and a vocabulary, and an article that cites it all."""

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
RICH_BIB = (
    BIB
    + """\
@article{lee2021,
  author = {Lee, Di}, title = {Magnesium in one clinic}, journal = {Pain}, year = {2021}, volume = {3}, pages = {4--8},
}
@article{smith2021,
  author = {Smith, Ed}, title = {Magnesium again}, journal = {Pain}, year = {2021}, volume = {4}, pages = {1--9},
}
"""
)
NOTES = {
    "jones2019fluid": """\
design = "randomised trial"
participants = 49
population = "adults in emergency care"
treatments = ["iv-fluids"]
[[finding]]
id = "pain-60min"
outcome = "pain at 60 minutes"
effect = "no difference"
statement = "Pain fell 4.5 points with saline and 4.9 points without it."
[[finding]]
id = "nausea"
outcome = "nausea at 60 minutes"
effect = "no difference"
statement = "Nausea was the same in both groups."
[[finding]]
id = "setting"
outcome = "where it was"
effect = "background"
statement = "One emergency department."
""",
    "smith2020": """\
design = "randomised trial"
participants = 80
population = "adults in emergency care"
treatments = ["prochlorperazine"]
[[finding]]
id = "relief"
outcome = "pain at 60 minutes"
effect = "benefit"
statement = "Pain fell by 4.5 points with prochlorperazine and 2 points with placebo."
locator = "p. 714"
""",
    "lee2021": """\
design = "systematic review"
participants = 80
population = "adults in emergency care"
treatments = ["iv-magnesium"]
[[finding]]
id = "pain"
outcome = "pain at 60 minutes"
effect = "benefit"
statement = "Pain was lower with magnesium than with placebo. The evidence is of very low certainty."
""",
    "smith2021": """\
design = "randomised trial"
participants = 60
population = "adults in emergency care"
treatments = ["iv-magnesium"]
[[finding]]
id = "pain"
outcome = "pain at 60 minutes"
effect = "no difference"
statement = "Pain was the same with magnesium as with placebo."
""",
}
"""What is recorded of the sources of RICH_BIB, by key."""
ARTICLE = HEAD + "All of these were trials [@smith2020; @jones2019fluid; @lee2021; @smith2021].\n"
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

RICH_VOCABULARY = (
    VOCABULARY.replace('synonyms = ["IV fluids",', 'synonyms = ["fluids", "salt water", "IV fluids",')
    + """
[treatments.prochlorperazine]
label = "prochlorperazine"

[treatments.eptinezumab]
label = "eptinezumab"

[outcomes.pain]
label = "pain"

[outcomes.nausea]
label = "nausea"

[populations.adults]
label = "adults"

[populations.children]
label = "children"
"""
)

PEOPLE = """\
[ann-sample]
name = "Ann Sample"
credentials = "MD"
role = "clinician"
interests = "none"

[bo-sample]
name = "Bo Sample"
credentials = "PhD"
role = "clinician"
interests = "owns shares of a maker of drips"

[cy-sample]
name = "Cy Sample"
credentials = "BA"
role = "editor"
interests = "none"
"""
"""People who do not exist."""
