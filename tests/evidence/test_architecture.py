"""The rooms: which module may import which, and what the repository must not hold."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "plugins/evidence"

# Each layer may import the layers above it, and modules of its own line only where they are listed in `WITHIN`.
LAYERS = [
    {"ordinary", "model", "errors", "kept", "digests", "letters", "__init__"},
    {
        "carrying",
        "citations",
        "places",
        "identifiers",
        "vocabulary",
        "kinds",
        "hiding",
        "addresses",
        "structured_data",
        "latex",
        "spreadsheets",
        "comparing",
        "lock",
        "toml_places",
        "toml_text",
        "folders",
        "settings_file",
        "sentences",
        "changes",
        "revision",
        "memory",
        "merges",
        "progress",
        "corrections",
        "counts",
        "tags",
        "collecting",
        "prepared",
        "theme_words",
        "cards",
        "facts",
        "marks",
        "alike",
    },
    {"host_settings", "policy"},
    {
        "host",
        "again",
        "crew",
        "folded",
        "looking",
        "active",
        "claims",
        "targets",
        "references",
        "passages",
        "hovers",
        "standing",
        "toml_tables",
        "identity",
        "tongues",
    },
    {"neighbours", "unlike", "copied"},
    {"headed"},
    {
        "library",
        "reading",
        "offers",
        "glossary",
        "pictures",
        "fact_boxes",
        "publishing",
        "registry",
        "console",
        "support",
        "wording",
        "signoff",
        "coverage",
        "exemptions",
    },
    {"anatomy", "term_links", "last_build", "taking_out"},
    {"rules", "readability"},
    {"judging"},
    {"gists"},
    {"checking"},
    {"baseline", "lost_citations", "source_changes"},
    {"reports", "project", "markup", "showing"},
    {"brief"},
    {"cli_sources", "cli_review", "since"},
    {"cli", "plugin"},
    {"__main__"},
]
WITHIN = {("reports", "reports"), ("project", "project")}
OUTSIDE = {
    "pelican": {"plugin"},
    "markdown": {"reading", "markup", "taking_out", "pictures", "fact_boxes"},
    "pybtex": {"library"},
    "PIL": {"cards"},
    "socket": set(),
    "urllib": {"identifiers", "references", "registry", "reports", "rules", "anatomy"},
    "http": set(),
    "requests": {"registry"},
    "urllib3": {"registry"},
    "subprocess": {"revision"},
    "rich": {"cli_sources", "progress"},
}


def room(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return parts[0]


def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


MODULES = sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_go_upwards_only(path: Path) -> None:
    level = {name: number for number, names in enumerate(LAYERS) for name in names}
    own = room(path)
    for name in imports(path):
        parts = name.split(".")
        if parts[0] == "evidence" and len(parts) > 1:
            other = parts[1] if parts[1] in level else "__init__"
            allowed = own == other or level[other] < level[own] or own == "__init__"
            assert allowed, f"{own} imports {other}"
        elif parts[0] in OUTSIDE and own != "__init__":
            assert own in OUTSIDE[parts[0]], f"{own} imports {parts[0]}"


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def test_no_path_of_a_machine_and_no_registry_is_written_down() -> None:
    pattern = re.compile(r"/(?:work|root|home)/\w|index-url|\"resolved\": *\"http|files\.pythonhosted")
    for path in tracked():
        if path.suffix in {".py", ".md", ".toml", ".lock", ".yml", ".cfg", ".txt", ""} and path != Path(__file__):
            text = path.read_text(encoding="utf-8", errors="replace")
            found = pattern.search(text)
            assert found is None, (path, found)


def test_workflows_are_valid() -> None:
    workflows = [str(path) for path in sorted((ROOT / ".github/workflows").glob("*.yml"))]
    command = ["check-jsonschema", "--builtin-schema", "vendor.github-workflows", *workflows]
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", *command[1:]], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_no_workflow_opens_a_secret() -> None:
    for path in (ROOT / ".github/workflows").glob("*.yml"):
        assert re.search(r"secrets\b", path.read_text(encoding="utf-8")) is None, path.name
    verify = (ROOT / ".github/workflows/sources.yml").read_text(encoding="utf-8")
    assert "evidence sources verify" in verify
    assert re.search(r"github\.token|GITHUB_TOKEN", verify) is None
    assert re.findall(r"^ *([\w-]+): (?:read|write)\S*$", verify, re.M) == ["contents"]
    assert "write" not in verify


def test_actions_are_pinned_by_commit() -> None:
    for path in (ROOT / ".github/workflows").glob("*.yml"):
        for used in re.findall(r"uses: *(\S+)", path.read_text(encoding="utf-8")):
            assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", used), (path.name, used)
