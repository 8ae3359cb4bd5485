"""What CI systems and hooks are told to do: the steps run here against a stand-in for `gh`."""

from __future__ import annotations

import gzip
import os
import re
import subprocess
import sys
from base64 import b64decode
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from evidence.reports import FORMATS
from evidence.reports.markdown import MARK
from little_sites import ARTICLE, ROOT, Site
from ruamel.yaml import YAML

MakeSite = Callable[..., Site]
GH = """\
#!/usr/bin/env bash
printf '%s\\n' "$*" >> "$CALLS"
case "$*" in
  *--paginate*) cat "$COMMENTS" ;;
  *code-scanning*) exit "${REFUSED:-0}" ;;
esac
"""


def parsed(path: str) -> Any:
    return YAML(typ="safe").load((ROOT / path).read_text(encoding="utf-8"))


def steps(job: str) -> dict[str, str]:
    listed = parsed(".github/workflows/check.yml")["jobs"][job]["steps"]
    return {step["name"]: step["run"] for step in listed if "run" in step}


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., tuple[str, list[str]]]:
    """Runs one step of the job `tell` in a folder with reports; gives its output and the calls of `gh`."""

    def run(name: str, comments: str, **env: str) -> tuple[str, list[str]]:
        (tmp_path / "bin").mkdir()
        (tmp_path / "bin/gh").write_text(GH)
        (tmp_path / "bin/gh").chmod(0o755)
        (tmp_path / "comments").write_text(comments)
        (tmp_path / "reports").mkdir()
        (tmp_path / "reports/comment.md").write_text(f"{MARK}\nwords\n")
        (tmp_path / "reports/report.sarif").write_text('{"version": "2.1.0"}')
        given = {
            "PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}",
            "CALLS": str(tmp_path / "calls"),
            "COMMENTS": str(tmp_path / "comments"),
            "GH_REPO": "example/site",
            "PULL_REQUEST": "7",
            "GITHUB_SHA": "abc",
            "GITHUB_REF": "refs/pull/7/merge",
            **env,
        }
        command = ["bash", "-e", "-c", steps("tell")[name]]
        done = subprocess.run(command, cwd=tmp_path, env=given, capture_output=True, text=True, check=True)
        return done.stdout, (tmp_path / "calls").read_text().splitlines()

    return run


COMMENT = "Comment on the pull request, or update the comment that is there"


def test_the_comment_is_posted_once_and_then_updated(run: Callable[..., tuple[str, list[str]]]) -> None:
    listed = ("1\tBot\twords", f"2\tUser\t{MARK}", f"3\tBot\t{MARK}", f"4\tBot\t{MARK}")
    _, calls = run(COMMENT, "\n".join(listed) + "\n")
    assert calls[-1] == "api --silent --method PATCH repos/example/site/issues/comments/3 -F body=@reports/comment.md"


def test_the_first_comment_is_posted(run: Callable[..., tuple[str, list[str]]]) -> None:
    _, calls = run(COMMENT, "")
    assert calls[-1] == "api --silent --method POST repos/example/site/issues/7/comments -F body=@reports/comment.md"


@pytest.mark.parametrize(("refused", "said"), [("0", ""), ("1", "::notice title=evidence::code scanning took no")])
def test_code_scanning_gets_the_results(
    run: Callable[..., tuple[str, list[str]]], tmp_path: Path, refused: str, said: str
) -> None:
    out, calls = run("Hand the results to code scanning", "", REFUSED=refused)
    assert calls == [
        "api --silent --method POST repos/example/site/code-scanning/sarifs -f commit_sha=abc -f ref=refs/pull/7/merge"
        " -f tool_name=evidence -F sarif=@reports/report.sarif.gz.base64"
    ]
    sent = (tmp_path / "reports/report.sarif.gz.base64").read_bytes()
    assert gzip.decompress(b64decode(sent, validate=True)) == b'{"version": "2.1.0"}'
    assert out.startswith(said)


def test_the_job_that_runs_the_change_can_only_read() -> None:
    workflow = parsed(".github/workflows/check.yml")
    assert workflow["permissions"] == {"contents": "read"}
    assert "permissions" not in workflow["jobs"]["check"]
    assert not any("uses" in step for step in workflow["jobs"]["tell"]["steps"])


@pytest.mark.parametrize(
    "script",
    [steps("check")["Write the reports"], " ".join(parsed("docs/gitlab-ci.yml")["evidence"]["script"])],
    ids=["github", "gitlab"],
)
def test_the_formats_that_are_asked_for_exist(script: str) -> None:
    asked = re.findall(r"--(?:output|format)[= ](\w+)", script)
    assert len(asked) >= 4
    assert set(asked) <= set(FORMATS)


@pytest.mark.parametrize(("base", "said"), [("HEAD^1", ["--since", "HEAD^1"]), ("", [])])
def test_a_pull_request_is_compared_with_its_base(tmp_path: Path, base: str, said: list[str]) -> None:
    (tmp_path / ".venv/bin").mkdir(parents=True)
    (tmp_path / ".venv/bin/evidence").write_text('#!/bin/sh\nprintf "%s\\n" "$@" > said\n')
    (tmp_path / ".venv/bin/evidence").chmod(0o755)
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports/summary.md").touch()
    env = {"PATH": os.environ["PATH"], "BASE": base, "GITHUB_STEP_SUMMARY": str(tmp_path / "summary")}
    subprocess.run(["bash", "-e", "-c", steps("check")["Write the reports"]], cwd=tmp_path, env=env, check=True)
    assert (tmp_path / "said").read_text().splitlines()[4:6][: len(said)] == said
    assert ("--since" in (tmp_path / "said").read_text()) == bool(said)
    (checkout, *_) = parsed(".github/workflows/check.yml")["jobs"]["check"]["steps"]
    assert checkout["with"]["fetch-depth"] == 2


def test_the_gitlab_example_is_valid() -> None:
    command = ["check_jsonschema", "--builtin-schema", "vendor.gitlab-ci", "--data-transform", "gitlab-ci"]
    done = subprocess.run(
        [sys.executable, "-m", *command, str(ROOT / "docs/gitlab-ci.yml")], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout


def test_the_hook_takes_articles_and_pages_only() -> None:
    (hook,) = parsed(".pre-commit-hooks.yaml")
    pattern = re.compile(hook["files"])
    assert all(pattern.search(path) for path in ("content/articles/a.md", "content/pages/deep/b.markdown"))
    others = ("README.md", "content/sources/a.toml", "content/articles/a.png", "other/content/articles/a.md")
    assert not any(pattern.search(path) for path in others)


def test_the_hook_says_nothing_of_articles_that_are_not_staged(site: MakeSite) -> None:
    (hook,) = parsed(".pre-commit-hooks.yaml")
    sound = ARTICLE.replace("title: Fluids: what is known", "title: A note").replace("slug: fluids", "slug: a")
    made = site({"content/articles/a.md": sound, "content/articles/b.md": sound.replace("@smith2020", "@nobody")})
    command = hook["entry"].split()
    first = made.run(*command, "content/articles/a.md")
    second = made.run(*command, "content/articles/b.md")
    assert "articles/b.md" not in first.text
    assert (second.code, "EV201" in second.text) == (1, True)


WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
GRANTED = {
    ("check.yml", "tell"): {"actions": "read", "pull-requests": "write", "security-events": "write"},
    ("publish.yml", "deploy"): {"pages": "write", "id-token": "write"},
}
"""The only jobs that may do more than read the repository. Neither of them checks it out or runs its code."""


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_may_read_the_repository_and_no_more(path: Path) -> None:
    workflow = parsed(f".github/workflows/{path.name}")
    assert workflow["permissions"] == {"contents": "read"}
    assert "pull_request_target" not in workflow["on"]
    for name, job in workflow["jobs"].items():
        assert job.get("permissions") == GRANTED.get((path.name, name))
        assert job["timeout-minutes"] <= 60
        used = [step["uses"] for step in job["steps"] if "uses" in step]
        if (path.name, name) in GRANTED:
            assert not any(one.startswith("actions/checkout@") for one in used)
        for step in job["steps"]:
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] is False
            assert "${{ github.event" not in step.get("run", "")


def test_an_action_is_pinned_to_the_same_commit_everywhere() -> None:
    pinned: dict[str, set[str]] = {}
    for path in WORKFLOWS:
        for action, commit in re.findall(r"uses: (\S+)@([0-9a-f]{40}) # v\d", path.read_text(encoding="utf-8")):
            pinned.setdefault(action, set()).add(commit)
    assert "actions/checkout" in pinned
    assert all(len(commits) == 1 for commits in pinned.values())


def test_known_weaknesses_of_all_that_is_pinned_are_looked_up() -> None:
    workflow = parsed(".github/workflows/audit.yml")
    assert workflow["on"]["schedule"]
    command = workflow["jobs"]["audit"]["steps"][-1]["run"].split()
    assert "--strict" in command, "what could not be looked up must not be green"
    assert {"--require-hashes", "--disable-pip"} <= set(command)
    locks = [command[number + 1] for number, word in enumerate(command) if word == "-r"]
    assert sorted(locks) == sorted(path.name for path in ROOT.glob("*.lock"))
    assert re.fullmatch(r"pip-audit==\d+\.\d+\.\d+", workflow["jobs"]["audit"]["steps"][-2]["run"].split()[-1])


@pytest.mark.parametrize("lock", sorted(ROOT.glob("*.lock")), ids=lambda path: path.name)
def test_every_pinned_version_has_its_hashes(lock: Path) -> None:
    entries = re.split(r"\n(?=\S)", lock.read_text(encoding="utf-8").strip())
    pinned = [entry for entry in entries if not entry.startswith("#")]
    assert len(pinned) > 5
    for entry in pinned:
        assert re.match(r"[\w.\[\]-]+==\S+", entry), entry
        assert "--hash=sha256:" in entry, entry
