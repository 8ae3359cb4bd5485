"""Settings of unusual kinds: told in one line that names them, or of no harm. `benchmarks/faults/settings.py` builds with them all."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from evidence.errors import EvidenceError
from evidence.host_settings import kind_of
from evidence.project import project_from
from evidence.settings_file import load_settings
from little_sites import ARTICLE, ROOT, Site
from odd_settings import VALUES, amiss, names, with_setting

MakeSite = Callable[..., Site]
_LEFT = {
    "AUTORELOAD_IGNORE_CACHE",
    "CLEAN_URLS",
    "EXTRA_TEMPLATES_PATHS",
    "JINJA_EXTENSIONS",
    "PAGINATED_DIRECT_TEMPLATES",
}
_LEFT |= {"PLUGIN_PATH", "ARTICLE_PERMALINK_STRUCTURE"}
"""Old names, which are refused."""


def test_of_every_setting_that_is_read_it_is_said_what_it_may_hold() -> None:
    assert [name for name in names() if "[" not in name and name not in _LEFT and kind_of(name) is None] == []


def test_what_pelican_has_of_itself_may_stand() -> None:
    from pelican.settings import DEFAULT_CONFIG

    for name, value in DEFAULT_CONFIG.items():
        kind = kind_of(name)
        assert kind is None or name == "PATH" or not kind(value), (name, value)


@pytest.mark.parametrize("name", names())
def test_no_value_of_a_setting_is_an_internal_error(
    site: MakeSite, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """As far as the settings are looked at before anything is read; all values."""
    made = site()
    monkeypatch.chdir(made.root)
    settings = load_settings(made.root / "pelicanconf.py")
    for value in VALUES:
        within = {key: dict(settings[key]) for key in ("EVIDENCE", "CLINIC")}
        given = {**settings, **within}
        exec(f"{name} = {value}", given)
        given.pop("__builtins__")
        try:
            project_from(given, made.root)
            told = ""
        except EvidenceError as error:
            told = f"evidence: {' '.join(str(error).split())}"
        assert amiss(name, 2 if told else 0, told, build=False) == "", (value, told)


SAMPLE = [
    ("SITENAME", "'x\\x07y'"),
    ("ARTICLE_PATHS", "'articles'"),
    ("ARTICLE_PATHS", "None"),
    ("FEED_MAX_ITEMS", "1.5"),
    ("ARTICLE_SAVE_AS", "'{x}'"),
    ("THEME_STATIC_DIR", "'../x'"),
    ("OUTPUT_RETENTION", "['../x']"),
    ("SUMMARY_MAX_LENGTH", "'a'"),
    ("PAGE_ORDER_BY", "'no such field'"),
    ("ARTICLE_TRANSLATION_ID", "'no-such-field'"),
    ("JINJA_ENVIRONMENT", "{'a': 1}"),
    ("ARTICLE_DIR", "'articles'"),
    ("PLUGINS", "object()"),
    ("DIRECT_TEMPLATES", "['archives']"),
    ("DEFAULT_DATE_FORMAT", "'%d %'"),
    ("PAGINATION_PATTERNS", "[]"),
    ("PAGINATED_TEMPLATES", "{}"),
    ("TAG_SAVE_AS", "'x'"),
    ("TAG_FEED_ATOM", "'x'"),
    ("TEMPLATE_EXTENSIONS", "['.no-such-template']"),
    ("DIRECT_TEMPLATES", "['index', 'no-such-template']"),
    ("STATIC_SAVE_AS", "''"),
    ("REVERSE_CATEGORY_ORDER", "None"),
    ("OUTPUT_PATH", "'content'"),
    ("THEME", "'.'"),
    ("JINJA_EXTENSIONS", "'a'"),
    ('EVIDENCE["bibliography"]', "' '"),
    ('EVIDENCE["lock"]', "'content'"),
    ('EVIDENCE["baseline"]', "['.']"),
    ("PAGINATED_DIRECT_TEMPLATES", "None"),
    ("LOCALE", "{1: 2}"),
    ("DEFAULT_LANG", "'x' * 1999"),
    ("THEME", "b'x'"),
    ('EVIDENCE["max_age"]', "{1: 2}"),
    ('CLINIC["interest"]', "'\\ud800'"),
]


_SEEN_LATE = re.compile("ORDER_BY|TRANSLATION|TEMPLATE|TAG_|OUTPUT_PATH|THEME'.'")
"""What only the build can see: what Pelican makes of all pages together, and where the site goes."""


@pytest.mark.parametrize(("name", "value"), SAMPLE, ids=[f"{name} {value}" for name, value in SAMPLE])
def test_check_and_build_name_the_setting(site: MakeSite, name: str, value: str) -> None:
    tagged = ARTICLE.replace("category: Drips", "category: Drips\ntags: a, b")
    made = site({"output/index.html": "the last good site", "content/articles/fluids.md": tagged})
    made.write({"pelicanconf.py": with_setting((made.root / "pelicanconf.py").read_text(), name, value)})
    built = made.run("pelican", "-s", "pelicanconf.py")
    assert built.code == 2, built.text
    assert amiss(name, built.code, built.text, build=True) == "", built.text
    assert made.output() == {"index.html": b"the last good site"}
    if not _SEEN_LATE.search(f"{name}{value}") or "PAGINATED_DIRECT" in name:
        checked = made.check()
        assert (checked.code, amiss(name, checked.code, checked.text, build=False)) == (2, ""), checked.text


BROKEN = {
    "X = (": "pelicanconf.py",
    "X = y": "pelicanconf.py:1: NameError: name 'y' is not defined",
    "1/0": "pelicanconf.py:1: ZeroDivisionError",
    "X = 1\0": "null bytes",
    "import sys\nsys.exit()": "pelicanconf.py",
    "import sys\nsys.exit('no')": "no",
}


@pytest.mark.parametrize("text", BROKEN)
@pytest.mark.parametrize("command", [("evidence", "check"), ("evidence", "review"), ("evidence.plugin", "content")])
def test_a_broken_settings_file_is_told_in_one_line(site: MakeSite, text: str, command: tuple[str, ...]) -> None:
    """`make` builds by `evidence.plugin`, since Pelican by itself shows a traceback here."""
    made = site({"pelicanconf.py": text, "output/index.html": "the last good site"})
    settings = ("-s", "pelicanconf.py") if command[0] == "evidence.plugin" else ()
    done = made.run(*command, *settings)
    assert (done.code, len(done.text.splitlines())) == (2, 1), done.text
    assert done.text.startswith("evidence: ")
    assert BROKEN[text] in done.text
    assert made.output() == {"index.html": b"the last good site"}


def test_make_builds_by_what_tells_broken_settings_in_one_line() -> None:
    recipes = [line for line in (ROOT / "Makefile").read_text().splitlines() if line.startswith("\t@$(PELICAN) ")]
    assert len(recipes) == 3
    assert "PELICAN = $(BIN)/python -P -m evidence.plugin\n" in (ROOT / "Makefile").read_text()


def test_the_build_that_make_begins_is_pelican_s_own(site: MakeSite) -> None:
    made = site()
    done = made.run("evidence.plugin", "content", "-o", "output", "-s", "pelicanconf.py")
    assert (done.code, "Done: Processed 1 article" in done.text) == (0, True), done.text
    assert "index.html" in made.output()
