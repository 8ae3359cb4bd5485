"""Whole documents against pandoc: lists, tables, notes, headings, code, HTML, quotes: where citations are looked for.

`tests/cases/documents/*.txt` hold small documents, separated by lines of `%%`. Compared are keys, modes and grouping.
"""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pypandoc
import pytest
from evidence.reading import read

ROOT = Path(__file__).parents[2]
DOCUMENTS = ROOT / "tests/cases/documents"

DIFFERENT = {
    "Text.[^1] Again.[^1]\n\n[^1]: Note [@a].\n": "pandoc repeats a footnote at each of its marks, a page shows it once",
    "Text [@a].\n\n- list [@b]\n\n      deep code? [@c]\n\nText [@d].\n": (
        "pandoc counts an item's indentation from its text, Python-Markdown in fours: a page shows prose"
    ),
}

_READ_ALL = """
local format = "markdown-implicit_header_references"
local texts = pandoc.json.decode(io.read("a"), false)
for _, text in ipairs(texts) do
  print(pandoc.write(pandoc.read(text, format), "json"))
end
"""

Clusters = list[tuple[tuple[str, str], ...]]


def documents() -> list[str]:
    texts = [path.read_text(encoding="utf-8") for path in sorted(DOCUMENTS.glob("*.txt"))]
    return [document.rstrip("\n") + "\n" for text in texts for document in text.split("\n%%\n")]


@pytest.fixture(scope="module")
def trees(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Each document's syntax tree, all read in one run of pandoc."""
    script = tmp_path_factory.mktemp("pandoc") / "read_all.lua"
    script.write_text(_READ_ALL, encoding="utf-8")
    texts = documents()
    command = [pypandoc.get_pandoc_path(), "lua", str(script)]
    done = subprocess.run(command, input=json.dumps(texts).encode(), capture_output=True, check=True, timeout=120)
    lines = done.stdout.decode("utf-8").splitlines()
    return {text: json.loads(line)["blocks"] for text, line in zip(texts, lines, strict=True)}


@pytest.fixture(scope="module")
def campaign() -> ModuleType:
    path = ROOT / "benchmarks/citations/differential.py"
    specification = importlib.util.spec_from_file_location("differential", path)
    assert specification
    assert specification.loader
    module = importlib.util.module_from_spec(specification)
    sys.modules["differential"] = module
    specification.loader.exec_module(module)
    return module


def ours(text: str) -> Clusters:
    clusters = [cluster for block in read(text, "page.md", "loose").blocks for cluster in block.scan.clusters]
    return sorted(tuple((one.key, str(one.mode)) for one in cluster.citations) for cluster in clusters)


def theirs(tree: Any, campaign: ModuleType) -> Clusters:
    return sorted(tuple((key, mode) for key, mode, _, _ in cluster) for cluster in campaign.cites(tree))


def test_documents_agree_with_pandoc(trees: dict[str, Any], campaign: ModuleType) -> None:
    assert len(trees) > 150
    differing = [text for text, tree in trees.items() if ours(text) != theirs(tree, campaign)]
    assert set(differing) == set(DIFFERENT)
