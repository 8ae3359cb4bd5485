"""The gate: a build that cannot vouch for everything publishes nothing, and the last good site stands."""

from __future__ import annotations

import logging
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable

import pytest
from evidence.errors import BuildBlocked, SettingsError
from evidence.plugin import GuardedPelican
from evidence.plugin.watch import speak_plainly
from evidence.policy import policy_from
from evidence.rules.unread_field import FIELDS, TAKEN
from little_sites import ARTICLE, BIB, PAGE, ROOT, Site
from pelican.contents import Article, Page

MakeSite = Callable[..., Site]
FRONT = "---\ntitle: Other\nslug: other\ndate: 2026-11-24\n---\n\n"


def test_a_sound_site_is_built(site: MakeSite) -> None:
    made = site()
    done = made.build()
    assert done.code == 0, done.text
    assert {"index.html", "fluids/index.html", "about/index.html", "sitemap.xml", "feeds/all.atom.xml"} <= set(
        made.output()
    )
    assert "0 errors" in done.text


FAULTS: dict[str, tuple[dict[str, str | bytes], str]] = {
    "unknown key": ({"content/articles/x.md": FRONT + "One [@smiht2020].\n"}, "content/articles/x.md:7:6 EV201"),
    "uncited paragraph": ({"content/articles/x.md": FRONT + "Drips cure all.\n"}, "content/articles/x.md:7:1 EV101"),
    "entry deleted": ({"references.bib": "% nothing\n"}, "content/articles/fluids.md:8:67 EV201"),
    "brace broken": ({"references.bib": BIB.replace("Bo},", "Bo,")}, "references.bib:"),
    "bad date": ({"content/articles/x.md": FRONT.replace("11-24", "13-41") + "[@smith2020] x.\n"}, "x.md:4:7 EV001"),
    "bad byte": ({"content/articles/x.md": (FRONT + "Caf\xe9 [@smith2020].\n").encode("latin-1")}, "x.md:7:4 EV001"),
    "no title": ({"content/articles/x.md": "---\ndate: 2026-11-24\n---\n\nx [@smith2020].\n"}, "x.md:1:1 EV001"),
    "page without title": ({"content/pages/p.md": "---\nslug: p\n---\n\nHello.\n"}, "content/pages/p.md:1:1 EV001"),
    "hidden page": (
        {"content/pages/p.md": "---\ntitle: P\nstatus: hidden\n---\n\nHi [@no].\n"},
        "pages/p.md:6:5 EV201",
    ),
    "hidden article": (
        {"content/articles/x.md": FRONT.replace("slug: other", "slug: other\nstatus: hidden") + "Hi [@no].\n"},
        "articles/x.md:8:5 EV201",
    ),
    "translation": (
        {
            "content/articles/x.md": ARTICLE.replace("slug: fluids", "slug: fluids\nlang: es").replace(
                "[@smith2020]", ""
            )
        },
        "articles/x.md:9:1 EV101",
    ),
    "raw HTML": (
        {"content/articles/x.md": FRONT + "<div>Drips cure all.</div>\n\nx [@smith2020].\n"},
        "x.md:7:6 EV102",
    ),
    "unknown offer": (
        {"content/articles/x.md": FRONT.replace("---\n\n", "cta: now\n---\n\n") + "x [@smith2020].\n"},
        "EV601",
    ),
    "two pages at one address": (
        {"content/articles/x.md": FRONT.replace("slug: other", "slug: fluids") + "x [@smith2020].\n"},
        "x.md:3:7 EV603",
    ),
    "a page in the place of a list": (
        {"content/articles/x.md": FRONT.replace("slug: other", "slug: topics") + "x [@smith2020].\n"},
        "x.md:3:7 EV603",
    ),
    "unknown template": (
        {"content/articles/x.md": FRONT.replace("---\n\n", "template: evil\n---\n\n") + "x [@smith2020].\n"},
        "x.md:5:11 EV602",
    ),
    "misspelt status": (
        {"content/articles/x.md": FRONT.replace("---\n\n", "stauts: draft\n---\n\n") + "x [@smith2020].\n"},
        "x.md:5:9 EV604",
    ),
    "a field that Pelican needs": (
        {"content/articles/x.md": FRONT.replace("---\n\n", "override_save_as: ../x\n---\n\n") + "x [@smith2020].\n"},
        "x.md:5:19 EV604",
    ),
    "language that leads out": (
        {"content/articles/x.md": FRONT.replace("---\n\n", "lang: ../x\n---\n\n") + "x [@smith2020].\n"},
        "x.md:5:7 EV001",
    ),
    "indented field": (
        {"content/articles/x.md": FRONT.replace("slug: other", "  status: draft") + "x [@smith2020].\n"},
        "x.md:3:1 EV001",
    ),
    "date of another form": (
        {"content/articles/x.md": FRONT.replace("2026-11-24", "2026-W48-2") + "x [@smith2020].\n"},
        "x.md:4:7 EV001",
    ),
    "unprintable file name": (
        {"content/articles/a\nb.md": FRONT + "x [@smith2020].\n"},
        "a\N{REPLACEMENT CHARACTER}b.md:1:1 EV001",
    ),
    "broken link": (
        {"content/articles/x.md": FRONT + "Pain [fell]({filename}nowhere.md) [@smith2020].\n"},
        "x.md:7:13 EV801",
    ),
    "attached text": (
        {
            "content/articles/x.md": FRONT + "Pain [fell]({attach}/e.html) [@smith2020].\n",
            "content/e.html": "<p>Drips cure all</p>",
        },
        "x.md:7:13 EV801",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_stops_the_build_with_its_place_and_leaves_the_site(site: MakeSite, name: str) -> None:
    files, place = FAULTS[name]
    made = site({"output/index.html": "the last good site"})
    before = made.output()
    made.write(files)
    done = made.build()
    assert done.code == 1, done.text
    assert place in done.text
    assert done.text.endswith("evidence: the content has problems (listed above); the site stays as it was\n")
    assert not re.search(r"Traceback|CRITICAL|__init__\.py", done.text)
    assert made.output() == before
    assert not list(made.root.glob(".output-*"))


@pytest.mark.parametrize("name", FAULTS)
def test_check_gives_the_same_answer_as_the_build(site: MakeSite, name: str) -> None:
    files, _ = FAULTS[name]
    made = site(files)
    built, checked = made.build(), made.check()
    assert checked.code == built.code == 1
    assert [line for line in checked.text.splitlines() if " EV" in line] == [
        line for line in built.text.splitlines() if " EV" in line
    ]


CONF = "pelicanconf.py"
SETTINGS = {
    "misspelt plugin": ('PLUGINS = ["evidence"]', 'PLUGINS = ["evidnce"]', "evidnce"),
    "no plugin": ('PLUGINS = ["evidence"]', "PLUGINS = []", "nothing would be checked"),
    "no guard": ('PELICAN_CLASS = "evidence.GuardedPelican"', "", "PELICAN_CLASS"),
    "misspelt setting": ('"bibliography":', '"bibliografy":', 'did you mean "bibliography"?'),
    "missing bibliography": ('"references.bib"', '"refs.bib"', "refs.bib"),
    "wrong severity": ('"fail_on": "error"', '"fail_on": "eror"', 'use "error"'),
    "settings that do not parse": ("SITENAME =", "SITENAME = = ", "pelicanconf.py"),
    "settings that raise": ("SITENAME =", "SITENAME = missing +", "missing"),
    "no content": ('PATH = "content"', 'PATH = "contnet"', "content"),
    "misspelt folder": ('ARTICLE_PATHS = ["articles"]', 'ARTICLE_PATHS = ["artcles"]', "artcles"),
    "unknown offer": ('"cta": "consultation"', '"cta": "consultatoin"', 'did you mean "consultation"?'),
    "misspelt clinic": ('"booking_url":', '"boking_url":', 'did you mean "booking_url"?'),
    "script as address": ('"https://booking.example/consultation"', '"javascript:alert(1)"', "no web address"),
    "misspelt time zone": ('TIMEZONE = "UTC"', 'TIMEZONE = "UCT/X"', "UCT/X"),
    "misspelt theme": ('THEME = "theme"', 'THEME = "thme"', "thme"),
    "unchecked pages": ("DEFAULT_PAGINATION = 12", 'TEMPLATE_PAGES = {"a.html": "b.html"}', "TEMPLATE_PAGES"),
    "published texts": (
        'STATIC_PATHS = ["images"]',
        'STATIC_PATHS = ["../theme"]',
        "../theme/static/",
    ),
    "folders as a number": (
        'PAGE_PATHS = ["pages"]',
        "PAGE_PATHS = ['pages']\nIGNORE_FILES = 5",
        "IGNORE_FILES must be a list",
    ),
    "an address as a number": (
        'ARCHIVES_SAVE_AS = "archives/index.html"',
        "ARCHIVES_SAVE_AS = 5",
        "ARCHIVES_SAVE_AS must be a text in quotes",
    ),
    "a name that is none": (
        '["pages"]',
        '["pages", "a\\0"]',
        "PAGE_PATHS names something that cannot be the name of a file",
    ),
    "misspelt class": ('"evidence.GuardedPelican"', '"evidence.GardedPelican"', "GardedPelican"),
}


@pytest.mark.parametrize("name", SETTINGS)
def test_a_wrong_setting_stops_the_build(site: MakeSite, name: str) -> None:
    old, new, words = SETTINGS[name]
    made = site({"output/index.html": "the last good site"})
    conf = (made.root / CONF).read_text()
    assert old in conf
    made.write({CONF: conf.replace(old, new)})
    before = made.output()
    done = made.run("pelican", "-s", CONF)
    assert done.code != 0, done.text
    assert words in done.text
    assert ("Traceback" in done.text) == (name in UNLOADABLE)
    assert made.output() == before


UNLOADABLE = ("settings that do not parse",)
"""Pelican shows a traceback here, before anything of ours is loaded."""


@pytest.mark.parametrize("name", sorted({*SETTINGS} - {"published texts", "misspelt class"}))
def test_check_cannot_run_with_a_wrong_setting(site: MakeSite, name: str) -> None:
    old, new, words = SETTINGS[name]
    made = site()
    made.write({CONF: (made.root / CONF).read_text().replace(old, new)})
    done = made.check()
    assert done.code == 2
    assert words in done.text
    assert len(done.text.strip().splitlines()) == 1


def test_a_renamed_plugin_folder_stops_the_build(site: MakeSite, tmp_path_factory: pytest.TempPathFactory) -> None:
    made = site({"output/index.html": "the last good site"})
    code = "import sys; sys.modules['evidence'] = None; from pelican import main; main(['content', '-s', 'pelicanconf.py'])"
    done = subprocess.run([sys.executable, "-c", code], cwd=made.root, text=True, capture_output=True, check=False)
    assert done.returncode != 0
    assert made.output() == {"index.html": b"the last good site"}


def test_an_error_while_pages_are_written_leaves_the_site(site: MakeSite) -> None:
    made = site({"output/index.html": "the last good site"})
    (made.root / "theme").unlink()
    made.write({"theme/templates/index.html": "{{ undefined_thing.no_such_attribute }}"})
    done = made.build()
    assert done.code not in (0, None)
    assert made.output() == {"index.html": b"the last good site"}
    assert not list(made.root.glob(".output-*"))


def test_other_formats_are_not_published_unchecked(site: MakeSite) -> None:
    made = site(
        {"content/articles/sneaky.html": "<html><head><title>x</title></head><body>Drips cure.</body></html>"}
    )
    made.write({"content/articles/sneaky.rst": "Title\n#####\n\n:date: 2026-11-24\n\nDrips cure.\n"})
    done = made.build()
    assert done.code == 0, done.text
    assert not any(b"Drips cure" in data for data in made.output().values())


def test_drafts_are_reported_and_do_not_fail(site: MakeSite) -> None:
    made = site({"content/articles/x.md": FRONT.replace("slug: other", "slug: other\nstatus: draft") + "Hi [@no].\n"})
    done = made.build()
    assert done.code == 0, done.text
    assert "EV201 warning: " in done.text
    assert "in a draft" in done.text


def test_two_articles_at_one_address_are_not_published(site: MakeSite) -> None:
    made = site({"content/articles/x.md": ARTICLE, "output/index.html": "the last good site"})
    assert made.build().code != 0
    assert made.output() == {"index.html": b"the last good site"}


def test_a_killed_build_leaves_the_site_and_the_next_one_works(site: MakeSite) -> None:
    made = site()
    assert made.build().code == 0
    before = made.output()
    for number in range(150):
        made.write({f"content/articles/a{number}.md": ARTICLE.replace("slug: fluids", f"slug: a{number}")})
    command = [sys.executable, "-m", "pelican", "content", "-o", "output", "-s", CONF]
    running = subprocess.Popen(command, cwd=made.root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while not list(made.root.glob(".output-building-*/*")) and time.monotonic() < deadline:
        time.sleep(0.005)
    running.send_signal(signal.SIGKILL)
    running.wait()
    assert made.output() == before
    assert list(made.root.glob(".output-building-*"))
    assert made.build().code == 0
    assert "a149/index.html" in made.output()
    assert not list(made.root.glob(".output-building-*"))


def test_the_same_content_gives_the_same_bytes(site: MakeSite) -> None:
    made = site()
    assert made.build().code == 0
    first = made.output()
    assert made.build().code == 0
    assert made.output() == first


@pytest.mark.parametrize(
    ("written", "fix"),
    [
        ("images/visit.svg", "name the file, as in ({static}/images/visit.svg)"),
        ("/pictures/visti.svg", "name the file, as in ({static}/images/visit.svg)"),
        ("/images/quite-another.png", "name the file, as in ({static}/images/name.svg)"),
        ("{static}/images/vist.svg", "did you mean ({static}/images/visit.svg)?"),
        ("{static}/images/quite-another.png", "correct the path, or delete the link"),
    ],
)
def test_a_picture_that_is_nowhere_is_told_with_the_file_that_is_meant(
    site: MakeSite, written: str, fix: str
) -> None:
    made = site(
        {
            "content/images/visit.svg": "<svg/>",
            "content/articles/x.md": FRONT + f"![A visit]({written}){{width=60 height=10}}\n",
        }
    )
    done = made.check()
    assert done.code == 1
    assert "EV801" in done.text
    assert fix in done.text


def test_publishing_refuses_placeholders(site: MakeSite) -> None:
    made = site({"output/index.html": "the last good site"})
    for env, words in (
        ({"SITEURL": ""}, "SITEURL is empty"),
        ({"SITEURL": "http://localhost:8000"}, "SITEURL"),
        ({"SITEURL": "https://migraine.heally.com", "BOOKING_URL": ""}, "booking_url"),
        ({"SITEURL": "https://migraine.heally.com"}, "booking_url"),
    ):
        done = made.build(settings="publishconf.py", env=env)
        assert (done.code, words in done.text) == (2, True), done.text
        assert made.output() == {"index.html": b"the last good site"}
    env = {"SITEURL": "https://migraine.heally.com", "BOOKING_URL": "https://heally.com/book"}
    done = made.build(settings="publishconf.py", env=env)
    assert (done.code, "CLINIC['report_url'] is empty: readers" in done.text) == (0, True), done.text
    told = made.build(settings="publishconf.py", env={**env, "REPORT_URL": "https://heally.com/errors"}).text
    assert "report_url" not in told
    assert "report_url" not in made.build().text
    made.build(settings="publishconf.py", env=env)
    assert b'rel="canonical" href="https://migraine.heally.com/fluids/"' in made.output()["fluids/index.html"]


def test_drafts_are_nowhere_on_the_public_site(site: MakeSite) -> None:
    draft = FRONT.replace("slug: other", "slug: other\nstatus: draft\nsave_as: elsewhere.html") + "Secret [@no].\n"
    made = site({"content/articles/x.md": draft, "content/pages/y.md": draft.replace("other", "another")})
    env = {"SITEURL": "https://migraine.heally.com", "BOOKING_URL": "https://heally.com/book"}
    done = made.build(settings="publishconf.py", env=env)
    assert done.code == 0, done.text
    assert not [name for name, text in made.output().items() if b"Secret" in text]


def test_publishing_refuses_an_offer_whose_approval_has_run_out(site: MakeSite) -> None:
    offer = (ROOT / "content/ctas.toml").read_text(encoding="utf-8")
    record = 'approved-by = "A"\napproved-on = 2020-01-31\nexpires = 2021-01-31\n'
    assert 'approved-by = ""\n' in offer
    made = site({"content/ctas.toml": offer.replace('approved-by = ""\n', record)})
    env = {"SITEURL": "https://migraine.heally.com", "BOOKING_URL": "https://heally.com/book"}
    done = made.build(settings="publishconf.py", env=env)
    assert (done.code, "[consultation] of ctas.toml expired on 2021-01-31" in done.text) == (2, True), done.text
    assert made.output() == {}
    assert made.build().code == 0


def test_a_standard_offer_that_is_not_there_ends_the_run(site: MakeSite) -> None:
    made = site({"content/ctas.toml": '[talk]\nheading = "Book"\ntext = "Text."\nbutton = "Go"\n'})
    done = made.build()
    assert (done.code, "EVIDENCE['cta'] is \"consultation\", which is not in" in done.text) == (2, True)


def test_an_output_folder_that_holds_the_project_is_refused(site: MakeSite) -> None:
    made = site()
    done = made.run("pelican", "content", "-o", ".", "-s", CONF)
    assert done.code == 2
    assert (made.root / "references.bib").exists()
    assert (made.root / "content/pages/about.md").read_text() == PAGE


def test_an_interrupted_build_does_not_look_clean(site: MakeSite) -> None:
    made = site()
    for number in range(200):
        made.write({f"content/articles/a{number}.md": ARTICLE.replace("slug: fluids", f"slug: a{number}")})
    command = [sys.executable, "-m", "pelican", "content", "-o", "output", "-s", CONF]
    running = subprocess.Popen(
        command, cwd=made.root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, preexec_fn=_default_interrupt
    )
    deadline = time.monotonic() + 60
    while not list(made.root.glob(".output-building-*")) and time.monotonic() < deadline:
        time.sleep(0.005)
    running.send_signal(signal.SIGINT)
    assert running.wait() != 0
    assert not (made.root / "output").exists()


def _default_interrupt() -> None:
    """Test runners may start children with interrupts ignored."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    assert os.getpid()


def edited(made: Site, old: str, new: str) -> None:
    conf = (made.root / CONF).read_text()
    assert old in conf
    made.write({CONF: conf.replace(old, new)})


@pytest.mark.parametrize(
    "options",
    [
        ["PLUGINS=[]"],
        ['PELICAN_CLASS="pelican.Pelican"'],
        ['PELICAN_CLASS="pelican.Pelican"', "PLUGINS=[]"],
        ["PLUGINS=null"],
    ],
    ids=" ".join,
)
def test_the_command_line_cannot_switch_the_gate_off(site: MakeSite, options: list[str]) -> None:
    made = site({"output/index.html": "the last good site", "content/articles/x.md": FRONT + "Drips cure all.\n"})
    done = made.build("-e", *options)
    assert (done.code, "Traceback" in done.text) == (2, False), done.text
    assert made.output() == {"index.html": b"the last good site"}


def test_a_missing_plugin_is_told_in_one_line(site: MakeSite) -> None:
    made = site({"evidence.py": "raise ImportError('No module named evidence')\n"})
    done = made.build(env={"PYTHONPATH": str(made.root)})
    assert done.code != 0
    assert done.text.startswith("pelicanconf.py: No module named evidence, so nothing would be checked")
    assert "Traceback" not in done.text


EXTRA = """\
from pelican import signals

def act(*_, **__):
    {act}

def register():
    signals.{signal}.connect(act)
"""


@pytest.mark.parametrize(
    ("signal", "act"),
    [
        ("finalized", "raise SystemExit(0)"),
        ("finalized", "raise ValueError('boom')"),
        ("readers_init", "raise ValueError('boom')"),
        ("content_object_init", "raise ValueError('boom')"),
        ("initialized", "raise ValueError('boom')"),
    ],
)
def test_whatever_another_plugin_does_nothing_unchecked_is_published(site: MakeSite, signal: str, act: str) -> None:
    made = site({"output/index.html": "the last good site", "extra.py": EXTRA.format(signal=signal, act=act)})
    edited(made, 'PLUGINS = ["evidence"]', 'PLUGINS = ["evidence", "extra"]')
    done = made.build(env={"PYTHONPATH": str(made.root)})
    assert (done.code, "Traceback" in done.text) == (2, False), done.text
    assert "boom" in done.text or "SystemExit" in done.text
    assert made.output() == {"index.html": b"the last good site"}
    assert not list(made.root.glob(".output-*"))


@pytest.mark.parametrize(
    ("template", "text", "words"),
    [
        ("article.html", None, "article"),
        ("base.html", None, "base.html"),
        ("article.html", "x\n{% if %}", "templates/article.html:2: TemplateSyntaxError"),
        ("article.html", "x\n<<<<<<< HEAD\na\n", 'templates/article.html:2: "<<<<<<<" is left from a merge'),
        ("article.html", "x\n\n{{ nope.a.b }}", "templates/article.html:3: UndefinedError"),
    ],
)
def test_a_broken_or_missing_template_is_named(site: MakeSite, template: str, text: str | None, words: str) -> None:
    made = site({"output/index.html": "the last good site"})
    (made.root / "theme").unlink()
    shutil.copytree(ROOT / "theme", made.root / "theme")
    path = made.root / "theme/templates" / template
    if text is None:
        path.unlink()
    else:
        path.write_text(text)
    done = made.build()
    assert (done.code, "Traceback" in done.text) == (2, False), done.text
    assert words in done.text
    assert made.output() == {"index.html": b"the last good site"}


def test_a_draft_stays_where_drafts_are_and_is_not_made_public(site: MakeSite) -> None:
    head = FRONT.replace("slug: other", "slug: other\nstatus: draft\nsave_as: fluids/index.html\nurl: fluids/")
    made = site({"content/articles/x.md": head + "Drips cure all [@no].\n"})
    assert made.build().code == 0
    assert [name for name, data in made.output().items() if b"Drips cure" in data] == ["drafts/other/index.html"]
    env = {"SITEURL": "https://migraine.heally.com", "BOOKING_URL": "https://heally.com/book"}
    assert made.build(settings="publishconf.py", env=env).code == 0
    assert not any(b"Drips cure" in data for data in made.output().values())


def test_files_behind_links_are_checked_and_circles_end(site: MakeSite) -> None:
    made = site({"drafts/y.md": FRONT + "Drips cure all [@no].\n"})
    (made.root / "content/articles/circle").symlink_to(".")
    assert made.build().code == 0
    (made.root / "content/articles/sub").symlink_to("../../drafts")
    done, checked = made.build(), made.check()
    assert done.code == checked.code == 1
    assert "content/articles/sub/y.md:7:17 EV201" in done.text
    assert "content/articles/sub/y.md:7:17 EV201" in checked.text


@pytest.mark.parametrize("what", ["file", "folder"])
def test_links_are_not_followed_out_of_the_project(
    site: MakeSite, tmp_path_factory: pytest.TempPathFactory, what: str
) -> None:
    made = site({"output/index.html": "the last good site"})
    far = tmp_path_factory.mktemp("far")
    (far / "y.md").write_text(FRONT + "A word about the site.\n")
    link = made.root / "content/articles" / ("y.md" if what == "file" else "sub")
    link.symlink_to(far / "y.md" if what == "file" else far)
    done, checked = made.build(), made.check()
    assert done.code == checked.code == 1
    for text in (done.text, checked.text):
        assert "y.md:1:1 EV001 this is a link to a file outside the project" in text
    assert made.output() == {"index.html": b"the last good site"}


def test_files_with_a_dot_before_their_name_are_no_content(site: MakeSite) -> None:
    made = site({"content/articles/.x.md": "Drips cure all.\n", "content/articles/.d/x.md": "Drips cure all.\n"})
    (made.root / "content/articles/.#fluids.md").symlink_to("somebody@somewhere")
    assert made.build().code == made.check().code == 0
    assert not any(b"Drips cure" in data for data in made.output().values())


def test_something_that_is_no_file_stops_the_build_instead_of_waiting_for_it(site: MakeSite) -> None:
    made = site()
    os.mkfifo(made.root / "content/articles/pipe.md")
    done = made.build()
    assert done.code == 1
    assert "pipe.md:1:1 EV001 this is not an ordinary file" in done.text


@pytest.mark.parametrize("name", ["content/articles", "theme/static", "documents", "file"])
def test_a_folder_that_is_no_site_is_not_replaced(site: MakeSite, name: str) -> None:
    made = site({"documents/letter.txt": "dear", "file": "x"})
    before = sorted(path.relative_to(made.root).as_posix() for path in made.root.rglob("*"))
    done = made.run("pelican", "content", "-o", name, "-s", CONF)
    assert (done.code, "Traceback" in done.text) == (2, False), done.text
    assert sorted(path.relative_to(made.root).as_posix() for path in made.root.rglob("*")) == before


def test_output_behind_a_link_is_replaced_where_it_is(
    site: MakeSite, tmp_path_factory: pytest.TempPathFactory
) -> None:
    made = site()
    (made.root / "output").symlink_to(tmp_path_factory.mktemp("far") / "public")
    assert made.build().code == 0
    assert (made.root / "output").is_symlink()
    assert "fluids/index.html" in made.output()


def test_two_builds_at_once_both_end_well(site: MakeSite) -> None:
    made = site()
    command = [sys.executable, "-m", "pelican", "content", "-o", "output", "-s", CONF]
    both = [
        subprocess.Popen(command, cwd=made.root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(2)
    ]
    assert [one.wait() for one in both] == [0, 0]
    assert "fluids/index.html" in made.output()
    assert not list(made.root.glob(".output-*"))


def test_no_name_of_pelican_can_be_given_by_an_article() -> None:
    public = {name for cls in (Article, Page) for name in dir(cls) if not name.startswith("_")}
    assert public - FIELDS <= TAKEN


def test_while_the_site_is_watched_a_failed_build_is_one_plain_line(capsys: pytest.CaptureFixture[str]) -> None:
    speak_plainly()
    error = BuildBlocked("the content has problems")
    logging.getLogger("pelican").warning('Caught exception:\n"%s".', error, exc_info=False)
    assert capsys.readouterr().err == "evidence: the content has problems\n"


@pytest.mark.parametrize("name", ["people.toml", "reviews/ann.key", ".env", "notes.txt~", "plain"])
def test_what_is_not_meant_for_readers_is_not_published(site: MakeSite, name: str) -> None:
    made = site(
        {"output/index.html": "the last good site", f"content/files/{name}": "x", "content/files/a.pdf": "%PDF"}
    )
    edited(made, 'STATIC_PATHS = ["images"]', 'STATIC_PATHS = ["files"]')
    done = made.build()
    assert (done.code, "Traceback" in done.text) == (2, False), done.text
    assert f'"files/{name}" is no picture, document or data' in done.text
    assert made.output() == {"index.html": b"the last good site"}


def test_a_file_that_the_settings_name_is_published(site: MakeSite) -> None:
    made = site({"content/robots.txt": "User-agent: *\n", "content/a.pdf": "%PDF"})
    edited(made, 'STATIC_PATHS = ["images"]', 'STATIC_PATHS = ["robots.txt", "a.pdf"]')
    done = made.build()
    assert done.code == 0, done.text
    assert made.output()["robots.txt"] == b"User-agent: *\n"


def test_a_picture_that_is_a_link_out_of_the_project_is_not_published(
    site: MakeSite, tmp_path_factory: pytest.TempPathFactory
) -> None:
    made = site({"output/index.html": "the last good site", "content/files/a.pdf": "%PDF"})
    secret = tmp_path_factory.mktemp("far") / "secret"
    secret.write_text("secret")
    (made.root / "content/files/b.pdf").symlink_to(secret)
    edited(made, 'STATIC_PATHS = ["images"]', 'STATIC_PATHS = ["files"]')
    done = made.build()
    assert (done.code, "Traceback" in done.text) == (2, False), done.text
    assert '"files/b.pdf" is a link out of the project' in done.text
    assert made.output() == {"index.html": b"the last good site"}


@pytest.mark.parametrize("link", ["content/images", "content/images/sub", "content/images/sub/b.svg"])
def test_pictures_behind_links_out_of_the_project_are_not_published(
    site: MakeSite, tmp_path_factory: pytest.TempPathFactory, link: str
) -> None:
    made = site({"output/index.html": "the last good site"})
    far = tmp_path_factory.mktemp("far")
    (far / "b.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>')
    (far / "sub").mkdir()
    path = made.root / link
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(far / "b.svg" if path.suffix else far)
    done = made.build()
    assert "Traceback" not in done.text
    if done.code == 0:
        assert not [name for name in made.output() if name.endswith("b.svg")]
    else:
        assert (done.code, "is a link out of the project" in done.text) == (2, True), done.text
        assert made.output() == {"index.html": b"the last good site"}


SECRETS = {
    **dict.fromkeys(("content/.git/config", "content/.env", "content/articles/.fluids.md.swp"), "zqx"),
    **dict.fromkeys(
        ("content/articles/fluids.md~", "content/articles/fluids.md.orig", "content/articles/b.txt"), "zqx"
    ),
    **dict.fromkeys(("content/notes.txt", "content/images.zip", "content/private/key.pem", "secret.txt"), "zqx"),
    "content/sources/smith2020.toml": 'design = "randomised trial"\nfunding = "none"\n# zqx\n'
    '[[finding]]\nid = "pain"\noutcome = "pain"\neffect = "no difference"\n'
    'statement = "Pain fell by 4.5 points with fluids and 5.1 without."\n',
    "content/people.toml": "# zqx\n",
    "content/articles/draft.md": FRONT.replace("slug: other", "slug: zqx\nstatus: draft") + "Zqx.\n",
    "theme-notes.md": "zqx",
}


def test_nothing_is_published_but_the_site(site: MakeSite) -> None:
    """Every file of the output is told by its name; none holds the word that all other files of the project hold."""
    picture = b'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'
    made = site({**SECRETS, "content/images/a.svg": picture})
    env = {"SITEURL": "https://migraine.heally.com", "BOOKING_URL": "https://heally.com/book"}
    done = made.build(settings="publishconf.py", env=env)
    assert done.code == 0, done.text
    output = made.output()
    assert not [name for name, data in output.items() if b"zqx" in data.lower() or "zqx" in name]
    pages = re.compile(r"(?:[a-z0-9-]+/){0,2}index\.html|404\.html")
    files = re.compile(
        r"(?:sitemap\.xml|robots\.txt|_headers|(?:evidence|claims|search|corrections)\.\w+|evidence\.csv|favicon\.\w+)"
        r"|feeds/[\w.-]+\.xml|images/a\.svg|cards/[0-9a-f]+\.png|theme/(?:[\w-]+/)*[\w.-]+\.(?:css|js|svg|woff2|png|ico|txt)"
    )
    assert [name for name in output if not (pages.fullmatch(name) or files.fullmatch(name))] == []


def test_a_build_stopped_from_the_keyboard_ends_as_shells_expect(monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(_: GuardedPelican) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(GuardedPelican, "_run", stopped)
    with pytest.raises(SystemExit) as ended:
        GuardedPelican.__new__(GuardedPelican).run()
    assert ended.value.code == 130


@pytest.mark.parametrize("value", [0, -1, True, "3", 1.5])
def test_a_number_of_months_is_a_whole_number_above_0(value: object) -> None:
    with pytest.raises(SettingsError, match="whole number above 0"):
        policy_from({"EVIDENCE": {"evidence_within": value}}, ())
