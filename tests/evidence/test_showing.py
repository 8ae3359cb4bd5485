"""The pages on the evidence, in little sites: what they show, what they leave out, and that no text of a note is markup."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from html import unescape

import pytest
from evidence.library import parse_library
from evidence.library.notes import EFFECTS
from evidence.lock import entry_hash, lock_text
from evidence.model import Answer, AnswerState, Library, Lock, Mark, MarkKind, Record
from evidence.showing import OutcomeGroup, PublishedPage, Sentence, shelves, slugs
from evidence.showing.leaning import leans
from evidence.showing.subjects import subjects_of
from little_sites import ARTICLE, BIB, ROOT, Site

SENTENCE = "Fluids by drip did not clearly ease migraine pain more in one trial of 49 people"
PAGE = PublishedPage("fluids/", "Fluids", "en")
HOSTILE = "<script>alert(1)</script>\"' onload=x &amp; {{ 7*7 }}"
NOTE = f"""\
design = "randomised trial"
participants = 49
population = '''{HOSTILE} who'''
treatments = ["iv-fluids"]
funding = '''{HOSTILE} payer'''

[[finding]]
id = "pain"
outcome = "pain at 60 minutes"
effect = "no difference"
statement = '''Fluids by drip did not clearly ease migraine pain more in 49 people {HOSTILE} said'''
locator = '''p. 714 {HOSTILE}'''
quote = '''{HOSTILE} quoted'''

[[finding]]
id = "small"
outcome = "how sure the trial is"
effect = "unclear"
statement = "The trial was too small to tell."
"""
VOCABULARY = """\
[treatments.iv-fluids]
label = "fluids & <b>drips</b>"
synonyms = ["fluids by drip", "fluids"]

[outcomes.pain]
label = "pain"
"""
OTHER = "@misc{lee2021, author = {Lee, Bo}, title = {A page on drips}, year = {2021}, url = {https://a.example/}}\n"
SOURCES = {
    "references.bib": BIB + OTHER,
    "content/sources/smith2020.toml": NOTE,
    "content/vocabulary.toml": VOCABULARY,
    "content/articles/fluids.md": ARTICLE.rsplit("Pain fell", 1)[0] + f"{SENTENCE} [@smith2020#pain].\n",
}


def text_of(site: Site, path: str) -> str:
    return site.output()[path].decode()


def built(site: Callable[..., Site], more: dict[str, str] | None = None) -> Site:
    made = site({**SOURCES, **(more or {})})
    done = made.build()
    assert done.code == 0, done.text
    return made


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", re.sub(r"</?span[^>]*>", "", html))).split())


def test_a_reference_says_design_size_and_what_it_is_cited_for(site: Callable[..., Site]) -> None:
    page = text_of(built(site), "fluids/index.html")
    summary = re.search(r'<span class="summary">(.*?)</li>', page, re.DOTALL)
    assert summary
    assert words(summary[1]).startswith(
        "Randomized trial, 49 participants – pain at 60 minutes (no clear difference). What we know of it"
    )
    assert "how sure the trial is" not in summary[1]


def test_a_reference_without_a_note_says_nothing_of_its_own(site: Callable[..., Site]) -> None:
    made = site()
    assert made.build().code == 0
    page = text_of(made, "fluids/index.html")
    assert '<span class="summary">' not in page
    ways = re.search(r'<span class="ways">(.*?)</a>', page, re.DOTALL)
    assert ways
    assert words(ways[1]) == "What we know of it: Smith 2020"


def test_the_page_of_a_source_shows_its_record_and_what_rests_on_it(site: Callable[..., Site]) -> None:
    page = text_of(built(site), "sources/smith2020/index.html")
    shown = words(page)
    for part in (
        "Smith A, Lee B. A trial of drips.",
        "Not yet checked for retraction by this software with Crossref or another register.",
        "Design Randomized trial Size 49 participants",
        "Pain at 60 minutes: no clear difference.",
        "What it cannot tell How sure the trial is. The trial was too small to tell.",
        f"Sentences that rest on it {SENTENCE}",
    ):
        assert part in shown, part
    assert 'href="../../fluids/#m-smith2020-1"' in page
    assert '<link rel="canonical" href="http://localhost:8000/sources/smith2020/">' in page
    assert "Advertisement" not in page


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ((), "No retraction, correction or concern found (checked 2026-11-20 )."),
        ((Mark(MarkKind.CORRECTED, "2026-01-02"),), "A correction has been published (checked 2026-11-20 )."),
        ((Mark(MarkKind.CONCERN),), "Its journal has published an expression of concern (checked 2026-11-20 )."),
    ],
)
def test_the_page_of_a_source_says_what_the_lock_knows(
    site: Callable[..., Site], given: tuple[Mark, ...], said: str
) -> None:
    bib = BIB.replace("year    =", "doi     = {10.1000/drips},\n  year    =") + OTHER
    source = parse_library({"references.bib": bib}, {}).sources["smith2020"]
    answer = Answer(
        "crossref",
        "2026-11-20",
        entry_hash(source),
        AnswerState.FOUND,
        "10.1000/drips",
        "A trial of drips",
        "Smith",
        ("2020",),
        marks=given,
    )
    lock = Lock({"smith2020": Record({"crossref": answer})})
    made = built(site, {"references.bib": bib, "references.lock.json": lock_text(lock)})
    assert said in words(text_of(made, "sources/smith2020/index.html"))


def test_every_standing_and_every_effect_has_words_for_readers() -> None:
    macros = (ROOT / "theme/templates/macros/evidence.html").read_text(encoding="utf-8")
    others = ("another work, or none", "changed since verified", "not verified", "not checkable", "no mark found")
    for name in (*MarkKind, *others, *(effect for effect in EFFECTS if effect != "background")):
        assert f'"{name}": "' in macros, name


def test_text_of_a_note_is_never_markup(site: Callable[..., Site]) -> None:
    files = built(site).output()
    pages = ("sources/smith2020", "sources", "evidence", "evidence/iv-fluids", "fluids", "search")
    for name in (f"{page}/index.html" for page in pages):
        page = files[name].decode()
        assert "<script>alert" not in page, name
        assert "<b>drips" not in page, name
        assert "49</p>" not in page, name
    shown = words(files["sources/smith2020/index.html"].decode())
    for part in ("who", "payer", "said", "quoted"):
        assert f"{HOSTILE} {part}" in shown, part
    assert HOSTILE in json.loads(files["evidence.json"])["claims"][0]["sources"][0]["findings"][0]["statement"]


def test_the_evidence_is_listed_by_treatment_and_outcome(site: Callable[..., Site]) -> None:
    made = built(site)
    listed = text_of(made, "evidence/index.html")
    assert '<a href="../evidence/iv-fluids/">Fluids &amp; &lt;b&gt;drips&lt;/b&gt;</a>' in listed
    assert "1 claim: pain</p>" in listed
    page = text_of(made, "evidence/iv-fluids/index.html")
    treatment = page.index("Fluids &amp; &lt;b&gt;drips&lt;/b&gt;</h1>")
    outcome = page.index("<h2>Pain</h2>")
    assert treatment < outcome < page.index(SENTENCE)
    assert 'href="../../sources/smith2020/"' in page


def test_a_broad_word_stands_under_the_kind_its_source_is_on_too_and_the_pages_lead_to_each_other(
    site: Callable[..., Site],
) -> None:
    kinds = '[treatments.drip-fluids]\nlabel = "salt water by drip"\nbroader = ["iv-fluids"]\n'
    note = NOTE.replace('treatments = ["iv-fluids"]', 'treatments = ["drip-fluids"]')
    more = {
        "content/vocabulary.toml": VOCABULARY.replace("fluids & <b>drips</b>", "fluids") + kinds,
        "content/sources/smith2020.toml": note,
    }
    made = built(site, more)
    for address, other in (("iv-fluids", "drip-fluids"), ("drip-fluids", "iv-fluids")):
        page = text_of(made, f"evidence/{address}/index.html")
        assert SENTENCE in page
        assert f'<a href="../../evidence/{other}/">' in page
    assert "More exactly:" in text_of(made, "evidence/iv-fluids/index.html")
    assert "A part of:" in text_of(made, "evidence/drip-fluids/index.html")
    [claim] = json.loads(text_of(made, "evidence.json"))["claims"]
    assert claim["treatments"] == ["drip-fluids", "iv-fluids"]


def test_the_files_for_programs_say_the_same(site: Callable[..., Site]) -> None:
    files = built(site).output()
    [claim] = json.loads(files["evidence.json"])["claims"]
    assert claim["sentence"] == f"{SENTENCE}."
    assert claim["page"] == "http://localhost:8000/fluids/#m-smith2020-1"
    assert (claim["treatments"], claim["outcomes"]) == (["iv-fluids"], ["pain"])
    [row] = csv.DictReader(io.StringIO(files["evidence.csv"].decode()))
    assert (row["id"], row["source"], row["finding"], row["effect"]) == (
        claim["id"],
        "smith2020",
        "pain",
        "no difference",
    )


def test_only_published_pages_are_shown(site: Callable[..., Site]) -> None:
    said = "Pain fell by 4.5 points with fluids in one study [@lee2021]."
    more = {
        f"content/articles/{status}.md": f"---\ntitle: {status} page\nslug: {status}\ndate: 2026-11-24\n"
        f"status: {status}\ncategory: Drips\n---\n\n{said}\n"
        for status in ("draft", "hidden")
    }
    files = built(site, more).output()
    assert "sources/lee2021/index.html" not in files
    for name in ("evidence/index.html", "sources/index.html", "evidence.json", "evidence.csv", "sitemap.xml"):
        assert b"lee2021" not in files[name], name
        assert b"4.5 points" not in files[name], name
    assert b"/sources/lee2021" not in files["drafts/draft/index.html"]


def test_the_site_map_names_the_pages(site: Callable[..., Site]) -> None:
    listed = text_of(built(site), "sitemap.xml")
    for address in ("evidence/", "evidence/iv-fluids/", "sources/", "sources/smith2020/"):
        assert f"<loc>http://localhost:8000/{address}</loc>" in listed


def test_two_builds_give_the_same_pages(site: Callable[..., Site]) -> None:
    made = built(site)
    first = made.output()
    assert made.build().code == 0
    second = made.output()
    names = [name for name in first if name.startswith(("sources/", "evidence"))]
    assert len(names) == 6
    assert {name: first[name] for name in names} == {name: second[name] for name in names}


def test_no_two_sources_share_an_address() -> None:
    keys = ["a/b", "a:b", "a-b", "A-b", "../x", "index", "ümlaut", "a" * 300]
    bib = "".join(f"@misc{{{key}, title = {{T{number}}}}}\n" for number, key in enumerate(keys))
    library: Library = parse_library({"references.bib": bib}, {})
    found = slugs(library)
    assert len({slug.casefold() for slug in found.values()}) == len(found) == len(library.sources)
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{1,80}", slug) for slug in found.values()), found


def test_a_marker_knows_its_claim_and_the_finding_it_rests_on(site: Callable[..., Site]) -> None:
    made = built(site)
    page = text_of(made, "fluids/index.html")
    claim = json.loads(text_of(made, "evidence.json"))["claims"][0]["id"]
    assert f'id="m-smith2020-1" role="doc-biblioref" data-claim="{claim}" data-findings="pain">' in page
    line = re.search(r'<li id="s-smith2020"(.*?)</li>', page, re.DOTALL)
    assert line
    assert (
        'data-name="Smith 2020" data-title="A trial of drips" data-what="Randomized trial, 49 participants"'
        in line[1]
    )
    assert '<span data-finding="pain" data-says="Fluids by drip did not clearly' in line[1]


def test_the_files_for_programs_are_indented_by_one_space_a_level(site: Callable[..., Site]) -> None:
    files = built(site).output()
    for name in ("evidence.json", "claims.json"):
        text = files[name].decode()
        assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=1) + "\n"


LEANING = """\
Fluids did not ease pain more in one trial [@smith2020#pain]. They did not ease it later either [@smith2020#pain]. So they did not ease pain at all [@smith2020#pain].

Fluids did not ease migraine pain [@smith2020#pain].

## Later

It was the same pain with fluids [@smith2020#pain].
"""


def test_a_sentence_that_leans_on_those_before_is_shown_behind_them(site: Callable[..., Site]) -> None:
    text = ARTICLE.rsplit("Pain fell", 1)[0] + LEANING
    page = text_of(built(site, {"content/articles/fluids.md": text}), "sources/smith2020/index.html")
    found = re.findall(
        r'<li>(?:<span class="before" lang="en">(.*?)</span> )?<a href="[^"]*#m[^"]*" lang="en">(.*?)</a>', page
    )
    first, second, third = (
        "Fluids did not ease pain more in one trial.",
        "They did not ease it later either.",
        "So they did not ease pain at all.",
    )
    assert found[:3] == [("", first), (first, second), (f"{first} {second}", third)]
    assert [one for one, _ in found[3:]] == ["", ""]


@pytest.mark.parametrize(
    ("words", "leaning"),
    [
        ("Without them it had fallen 5.1 points.", True),
        ("But nausea was common.", True),
        ("Both groups got medicine.", True),
        ("Magnesium eased pain, and it lasted.", False),
        ("That is all.", True),
        ("People say that it helps.", False),
        ("", False),
    ],
)
def test_which_words_lean_on_what_was_said(words: str, leaning: bool) -> None:
    assert leans(words) is leaning


def test_a_figure_stands_under_the_treatment_and_outcome_of_its_finding(site: Callable[..., Site]) -> None:
    """Not under what it was compared with, nor under an outcome that only its words name."""
    note = """\
design = "randomised trial"
treatments = ["magnesium"]
[[finding]]
id = "rescue"
outcome = "need for another medicine"
effect = "benefit"
statement = "Another medicine was needed more often after fluids (placebo) than after magnesium."
[[finding]]
id = "allergy"
outcome = "allergic reactions"
effect = "harm"
statement = "Allergic reactions can start within minutes of the drip."
[[finding]]
id = "who"
outcome = "who took part"
effect = "background"
statement = "Of the patients 21 also had anti-nausea medicines."
"""
    terms = """\
[treatments.magnesium]
label = "magnesium"
[treatments.iv-fluids]
label = "fluids"
[treatments.antiemetics]
label = "anti-nausea medicines"
[outcomes.rescue]
label = "need for another medicine"
synonyms = ["another medicine"]
[outcomes.speed]
label = "speed of relief"
synonyms = ["within minutes"]
[outcomes.allergy]
label = "allergic reactions"
[outcomes.nausea]
label = "nausea"
"""
    text = (
        "More people needed another medicine after fluids [@smith2020].\n\n"
        "Allergic reactions can start within minutes [@smith2020#allergy].\n\n"
        "Of the patients 21 also had anti-nausea medicines [@smith2020].\n\n"
        "| Who | All | Women |\n|---|---|---|\n| Patients who had anti-nausea medicines | 21 | 21 [@smith2020] |\n"
    )
    more = {
        "content/sources/smith2020.toml": note,
        "content/vocabulary.toml": terms,
        "content/articles/fluids.md": ARTICLE.rsplit("Pain fell", 1)[0] + text,
    }
    made = site(more)
    done = made.build()
    assert done.code == 0, done.text
    claims = json.loads(text_of(made, "evidence.json"))["claims"]
    assert [(one["treatments"], one["outcomes"]) for one in claims] == [
        (["magnesium"], ["rescue"]),
        (["magnesium"], ["allergy"]),
        (["antiemetics"], []),
        (["antiemetics"], []),
    ]
    row = text_of(made, "evidence/antiemetics/index.html")
    assert words(row).count("All / Women: Patients who had anti-nausea medicines: 21: 21") == 1
    assert "need for another medicine (better with magnesium)" in words(
        text_of(made, "evidence/magnesium/index.html")
    )
    own = words(text_of(made, "sources/smith2020/index.html"))
    assert "Allergic reactions: a harm, or worse with magnesium." in own


def test_what_names_no_treatment_is_on_that_of_what_it_stands_under() -> None:
    terms = {
        "content/vocabulary.toml": '[treatments.magnesium]\nlabel = "magnesium"\n[treatments.iv-fluids]\nlabel = "fluids"\n'
    }
    known = parse_library({}, {}, terms).vocabulary
    assert subjects_of("Stayed well: 12", (), known) == (("", ""),)
    assert subjects_of("Stayed well: 12", (), known, (), ("", "Outcome | Magnesium", "Fluids")) == (
        ("magnesium", ""),
    )


def test_very_many_sentences_on_a_treatment_are_laid_out_on_several_pages(
    site: Callable[..., Site], monkeypatch: pytest.MonkeyPatch
) -> None:
    sentences = [
        one for number in range(5) for one in [Sentence(f"c{number}", f"Words {number}.", "k", PAGE, "u#m", (), ())]
    ]
    groups = [OutcomeGroup("pain", tuple(sentences)), OutcomeGroup("", tuple(sentences[:1]))]
    assert shelves._parts("evidence/x/", "x", groups) == ()
    monkeypatch.setattr(shelves, "FITTING", 3)
    parts = shelves._parts("evidence/x/", "x", groups)
    assert [(one.url, one.outcomes[0].label, len(one.sentences)) for one in parts] == [
        ("evidence/x/1/", "pain", 3),
        ("evidence/x/2/", "pain", 2),
        ("evidence/x/3/", "", 1),
    ]
