"""`evidence check --since REV` in a little repository: what an editor did to claims, and what cannot be compared."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable

import pytest
from evidence.changes.renames import renames
from evidence.cli import main
from little_sites import ARTICLE, BIB, Done, Site, commit, git

MakeSite = Callable[..., Site]
ADDED = "Magnesium causes flushing in many adults.\n"
EDITED = "Nausea was reported by 12 of 80 people in one trial [@smith2020].\n"
MOVED = "Vomiting was reported by 3 of 80 people in one trial [@lee2021].\n"
STAYED = "Sleepiness was reported by 9 of 80 people [@smith2020].\n"
HEAD = "---\ntitle: {}\ndate: 2026-11-24\n---\n\n"
BIBS = BIB + BIB.replace("smith2020", "lee2021").replace("A trial of drips", "Another trial of drips")


@pytest.fixture
def repository(site: MakeSite) -> Site:
    made = site(
        {
            "content/articles/side-effects.md": "\n".join([HEAD.format("Side notes"), EDITED, MOVED, STAYED]),
            "references.bib": BIBS,
        }
    )
    git(made.root, "init", "-q")
    commit(made)
    return made


def changed_by(site: Site, *options: str) -> list[str]:
    """The lines of the text report that tell changes."""
    done = site.check("--since", "HEAD", "--exit-zero", *options)
    assert done.code == 0, done.text
    lines = done.text.splitlines()
    first = next(n for n, line in enumerate(lines) if line.startswith("claims since HEAD: "))
    return lines[first:-1]


def test_nothing_changed(repository: Site) -> None:
    assert changed_by(repository) == ["claims since HEAD: no claim changed"]


def test_of_one_file_only_the_sources_below_its_own_claims_are_told(repository: Site) -> None:
    repository.write({"references.bib": BIBS.replace("Another trial of drips", "A third trial")})
    assert "source changed: lee2021; 1 claim rests on it" in changed_by(repository)
    assert not any("lee2021" in line for line in changed_by(repository, "content/articles/fluids.md"))


def test_an_edited_a_moved_and_an_uncited_claim(repository: Site) -> None:
    edited = EDITED.replace("12 of", "21 of")
    repository.write(
        {
            "content/articles/side-effects.md": "\n".join([HEAD.format("Side notes"), ADDED, edited, STAYED]),
            "content/articles/fluids.md": f"{ARTICLE}\n{MOVED}",
        }
    )
    assert changed_by(repository) == [
        "claims since HEAD: 1 added, 1 changed, 1 moved",
        "content/articles/side-effects.md:7:1 added: Magnesium causes flushing in many adults.",
        "content/articles/side-effects.md:9:1 changed: "
        "Nausea was reported by [-12-] {+21+} of 80 people in one trial.",
        "content/articles/fluids.md:10:1 moved: Vomiting was reported by 3 of 80 people in one trial.",
        "  = was in content/articles/side-effects.md:9",
    ]
    assert git(repository.root, "status", "--porcelain", "--untracked-files=no").count("\n") == 2


def test_a_removed_source(repository: Site) -> None:
    repository.write({"references.bib": BIB})
    assert changed_by(repository) == [
        "claims since HEAD: 1 source changed",
        "content/articles/side-effects.md:9:1 source changed: Vomiting was reported by 3 of 80 people in one trial.",
        "  = lee2021: no longer in the bibliography",
    ]


def test_a_finding_that_was_rewritten(repository: Site) -> None:
    note = 'design = "randomised trial"\n[[finding]]\nid = "a"\noutcome = "vomiting"\neffect = "harm"\nstatement = "{}"\n'
    repository.write({"content/sources/lee2021.toml": note.format("Three of 80 people vomited.")})
    commit(repository)
    repository.write({"content/sources/lee2021.toml": note.format("Three of 80 adults vomited.")})
    assert changed_by(repository)[1:] == [
        "source changed: lee2021#a; 1 claim rests on it",
        "  statement: Three of 80 [-people-] {+adults+} vomited.",
        "  = content/articles/side-effects.md:9:1 Vomiting was reported by 3 of 80 people in one trial.",
    ]
    repository.write({"content/sources/lee2021.toml": note.format("Three vomited.").replace('"harm"', '"benefit"')})
    for name in ("text", "markdown", "summary", "html"):
        shown = repository.check("--since", "HEAD", "--format", name, "--exit-zero").text
        assert len(re.findall(r"effect: (\[-|~~|<del>)harm", shown)) == 1, name
        assert len(re.findall(r"statement: Three (\[-|~~|<del>)of 80 people", shown)) == 1, name
        assert "1 claim rests on it" in shown, name


@pytest.mark.parametrize("committed", [False, True])
def test_a_renamed_file_keeps_its_claims(repository: Site, committed: bool) -> None:
    old = repository.root / "content/articles/side-effects.md"
    text = old.read_text().replace("12 of", "21 of")
    old.unlink()
    repository.write({"content/articles/harms.md": text})
    if committed:
        commit(repository)
    done = repository.check("--since", "HEAD~1" if committed else "HEAD", "--exit-zero")
    assert "1 changed\n" in done.text
    assert "content/articles/harms.md:7:1 changed: Nausea was reported by [-12-] {+21+} of" in done.text


def test_only_the_files_that_are_asked_for(repository: Site) -> None:
    articles = repository.root / "content/articles"
    for name in ("fluids.md", "side-effects.md"):
        (articles / name).write_text((articles / name).read_text() + f"\n{ADDED}")
    assert [line.split(":")[0] for line in changed_by(repository, "content/articles/fluids.md")] == [
        "claims since HEAD",
        "content/articles/fluids.md",
    ]


def test_a_copy_of_an_article_that_is_still_there_is_no_renamed_one(repository: Site) -> None:
    text = (repository.root / "content/articles/side-effects.md").read_text()
    repository.write({"content/articles/copy.md": text.replace("Side notes", "A copy")})
    for options in ((), ("content/articles/copy.md",)):
        assert changed_by(repository, *options)[0] == "claims since HEAD: 3 added"


def test_the_project_may_be_a_folder_of_the_repository(site: MakeSite) -> None:
    made = site()
    git(made.root.parent, "init", "-q")
    git(made.root.parent, "add", f"{made.root.name}/content", f"{made.root.name}/references.bib")
    git(made.root.parent, "commit", "-qm", "a site")
    made.write({"content/articles/fluids.md": ARTICLE.replace("4.5", "4.6")})
    assert "Pain fell by [-4.5-] {+4.6+} points" in changed_by(made)[1]


@pytest.mark.parametrize("name", ["Größe und Maß.md", "a b\tc.md".replace("\t", " "), "[x]*?.md", "-rf.md"])
def test_any_name_of_a_file(repository: Site, name: str) -> None:
    repository.write({f"content/articles/{name}": HEAD.format("Odd") + STAYED.replace("Sleepiness", "Dizziness")})
    commit(repository)
    assert changed_by(repository) == ["claims since HEAD: no claim changed"]


def test_an_older_version_with_faults_is_compared_all_the_same(repository: Site) -> None:
    before = {"references.bib": BIBS.encode() + b"@article{broken, title = {\xff", "content/ctas.toml": b"no toml"}
    offers = (repository.root / "content/ctas.toml").read_bytes()
    repository.write(before | {"content/articles/bad.md": b"\xff\xfe"})
    commit(repository)
    repository.write({"references.bib": BIBS, "content/ctas.toml": offers})
    (repository.root / "content/articles/bad.md").unlink()
    assert changed_by(repository)[0].startswith("claims since HEAD: ")


def test_the_exit_code_and_the_json_report_are_as_without(repository: Site) -> None:
    assert repository.check().code == repository.check("--since", "HEAD").code == 0
    repository.write({"content/articles/x.md": HEAD.format("Odd") + ADDED})
    assert repository.check().code == repository.check("--since", "HEAD").code == 1
    outputs = [repository.check("--format", "json", *more).text for more in ((), ("--since", "HEAD"))]
    assert outputs[0] == outputs[1]
    assert json.loads(outputs[0])["summary"]["uncited"] == 1


# ------------------------------------------------------------------------------------- what cannot be compared


def refused(done: Done) -> str:
    assert done.code == 2, done.text
    assert done.text.count("\n") == 1
    return done.text


@pytest.mark.parametrize("name", ["nowhere", "--output=x", "", "HEAD:content", "HEAD~99", "a b", "^HEAD"])
def test_an_unknown_revision(repository: Site, name: str) -> None:
    said = refused(repository.check(f"--since={name}"))
    assert said.startswith(f'evidence: --since: there is no revision "{name}" here; name a commit')
    assert not (repository.root / "x").exists()


def test_no_repository(site: MakeSite, monkeypatch: pytest.MonkeyPatch) -> None:
    made = site()
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(made.root.parent))
    assert "is not in a git repository" in refused(made.check("--since", "HEAD"))


def test_no_git(repository: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(repository.root)
    monkeypatch.setenv("PATH", str(repository.root))
    assert main(["check", "--since", "HEAD"]) == 2
    assert "needs git, which is not installed" in capsys.readouterr().err


def test_a_shallow_clone(repository: Site, tmp_path_factory: pytest.TempPathFactory) -> None:
    repository.write({"content/articles/x.md": ARTICLE.replace("fluids", "xs")})
    commit(repository)
    clone = tmp_path_factory.mktemp("shallow") / "clone"
    git(repository.root, "clone", "-q", "--depth", "1", repository.root.as_uri(), str(clone))
    shutil.copy(repository.root / "pelicanconf.py", clone)
    for name in ("theme", "plugins"):
        (clone / name).symlink_to(repository.root / name)
    said = refused(Site(clone).check("--since", "HEAD~1"))
    assert "this clone is shallow: fetch the history with `git fetch --unshallow`" in said


def test_of_many_renamed_files_each_finds_its_own() -> None:
    before = {f"a{n}.md": f"one {n}\ntwo {n}\nshared\n" for n in range(30)}
    after = {f"b{n}.md": f"one {n}\ntwo {n}\nshared\nnew\n" for n in range(30)}
    assert renames(before, after) == {f"a{n}.md": f"b{n}.md" for n in range(30)}
    assert renames(before, {"c.md": "nothing alike at all"}) == {}


BARE = "It comes on all at once"


def test_a_sentence_that_lost_its_citation_and_still_stands_must_be_decided(repository: Site) -> None:
    path = "content/articles/side-effects.md"
    text = (repository.root / path).read_text()
    repository.write({path: f"{text}\n{BARE} [@smith2020].\n"})
    commit(repository)
    repository.write({path: f"{text}\n{BARE}.\n"})
    assert repository.check("--exit-zero").text.count(BARE) == 0
    done = repository.check("--since", "HEAD")
    assert done.code == 0
    assert (
        f'{path}:13:1 EV108 warning: the citation was removed (@smith2020), the sentence still stands: "{BARE}."'
        in (done.text)
    )
    assert changed_by(repository) == [
        "claims since HEAD: 1 citation removed from a sentence that still stands",
        f"{path}:13:1 citation removed, the sentence still stands: {BARE}.",
        "  = smith2020: no longer cited",
    ]
    assert "0 errors, 1 warning" in done.text
    for name in ("markdown", "summary", "html"):
        shown = repository.check("--since", "HEAD", "--format", name, "--exit-zero").text
        assert "citation removed, the sentence still stands" in shown, name
    found = json.loads(repository.check("--since", "HEAD", "--format", "json", "--exit-zero").text)
    assert found["summary"]["verdict"] == "review"


@pytest.mark.parametrize(
    ("after", "kind"),
    [
        (f"{BARE}, as a rule.\n", f"{BARE[:-4]}[-once.-] {{+once, as a rule.+}}"),
        (f"{BARE}. Fever came in 3 of 80 people [@smith2020].\n", f"{BARE}."),
        ("Where?\n", ""),
    ],
)
def test_it_is_found_with_other_words_and_beside_a_new_claim_but_not_if_it_is_gone(
    repository: Site, after: str, kind: str
) -> None:
    path = "content/articles/side-effects.md"
    text = (repository.root / path).read_text()
    repository.write({path: f"{text}\n{BARE} [@smith2020].\n"})
    commit(repository)
    repository.write({path: f"{text}\n{after}"})
    told = [line for line in changed_by(repository) if "citation removed, the sentence still stands" in line]
    assert [line.rpartition("still stands: ")[2] for line in told] == ([kind] if kind else [])


def test_a_claim_that_lost_its_citation_is_told_so_and_is_an_error_besides(repository: Site) -> None:
    path = "content/articles/side-effects.md"
    text = (repository.root / path).read_text()
    repository.write({path: text.replace(EDITED, EDITED.replace(" [@smith2020]", ""))})
    done = repository.check("--since", "HEAD")
    assert done.code == 1
    assert "EV101" in done.text
    assert "EV108" not in done.text
    assert f"{path}:7:1 citation removed, the sentence still stands: Nausea was reported by 12" in done.text


def test_a_rewritten_sentence_is_shown_beside_the_one_it_took_the_place_of(repository: Site) -> None:
    path = "content/articles/side-effects.md"
    text = (repository.root / path).read_text()
    new = "Three adults were sick [@lee2021].\n"
    repository.write({path: text.replace(MOVED, new)})
    assert changed_by(repository)[:2] == [
        "claims since HEAD: 1 replaced",
        f"{path}:9:1 replaced: [-Vomiting was reported by 3 of 80 people in one trial.-] {{+Three adults were sick.+}}",
    ]
    repository.write({path: text.replace(MOVED, f"## Another part\n\n{new}")})
    assert "replaced" not in " ".join(changed_by(repository))
    repository.write({path: text.replace(MOVED, "").replace(STAYED, STAYED + "\n" + new)})
    assert "replaced" not in " ".join(changed_by(repository))


INVENTED = """
@article{doe2023saline,
  author = {Doe, Jane}, title = {Saline for all pain}, journal = {Letters}, year = {2023}, doi = {10.1000/saline}
}
"""
NOTE = """\
design = "randomised trial"
participants = 12
[[finding]]
id = "pain"
outcome = "pain"
effect = "benefit"
statement = "Pain went away in 12 of 12 people."
"""


@pytest.mark.parametrize("name", ["text", "markdown", "summary", "html"])
def test_a_new_source_is_named_first_with_all_that_is_known_of_it(repository: Site, name: str) -> None:
    path = "content/articles/side-effects.md"
    text = (repository.root / path).read_text()
    repository.write(
        {
            path: f"{text}\nPain went away in 12 of 12 people [@doe2023saline#pain].\n",
            "references.bib": BIBS + INVENTED,
            "content/sources/doe2023saline.toml": NOTE,
        }
    )
    shown = repository.check("--since", "HEAD", "--format", name, "--exit-zero").text
    plain = re.sub(r"</?b>|`|\*\*", "", shown)
    told = (
        "doe2023saline Doe 2023: Saline for all pain; randomised trial, 12 people; not verified; cited by 1 claim"
    ).replace("doe2023saline ", "doe2023saline: " if name == "text" else "doe2023saline ")
    assert told in plain
    assert "pain (benefit): Pain went away in 12 of 12 people." in plain
    known = {"text": "new source doe2023", "html": 'id="new-sources"'}.get(name, "new source doe2023")
    then = {"text": ":13:1 added: Pain", "html": 'id="change-added"'}.get(name, "- added")
    assert plain.index(known) < plain.index(then)
    assert "1 new source, 1 added" in plain


def test_the_comment_tells_what_each_new_or_changed_claim_rests_on(repository: Site) -> None:
    path = "content/articles/side-effects.md"
    text = (repository.root / path).read_text()
    repository.write({"content/sources/lee2021.toml": NOTE})
    commit(repository)
    repository.write({path: f"{text}\nPain went away in 12 of 12 people (n = 12) [@lee2021#pain].\n"})
    shown = repository.check("--since", "HEAD", "--format", "markdown", "--exit-zero").text
    assert re.search(
        r"- \*\*added\*\* `\S+:13:1` Pain went away in 12 of 12 people \(n = 12\)\. \(`[0-9a-f]{10}`\)\n"
        r"  - rests on `lee2021#pain` \(benefit\) Pain went away in 12 of 12 people\.\n",
        shown,
    )
    assert shown.index("#### Claims since") < shown.index("| rule |") < shown.index("| file |")
