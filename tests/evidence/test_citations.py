"""The citation grammar by cases that an editor can read and add to: `tests/cases/citations/*.txt`.

A case is some Markdown, then what it holds, one line each:

    [see @a, p. 3, end; @b]
    => normal a, before "see", page "3", after ", end"
     + normal b

`=>` begins a cluster, ` +` goes on with it; `(within link)` and the like say where it stands. `=> slip "…"` is a slip
whose message begins so, `=> nothing` is neither. Cases are separated by blank lines; `␣` stands for a no-break
space, `·` for a zero-width one, and `# ` at the start of a case is a remark.
"""

from __future__ import annotations

import sys

import pytest
from citation_cases import FOOTNOTES, LABELS, Case, cases
from evidence.citations import LOCATOR_LABELS, scan
from evidence.model import Citation, Cluster, Scan
from hypothesis import given, settings
from hypothesis import strategies as st


def described(found: Scan) -> tuple[str, ...]:
    lines = [line for cluster in found.clusters for line in cluster_lines(cluster)]
    lines += [f'=> slip "{slip.what}"' for slip in found.slips]
    return tuple(lines) or ("=> nothing",)


def cluster_lines(cluster: Cluster) -> list[str]:
    place = "" if cluster.within == "text" else f" (within {cluster.within})"
    first, *others = [citation_line(citation) for citation in cluster.citations]
    return [f"=> {first}{place}", *(f" + {other}" for other in others)]


def citation_line(citation: Citation) -> str:
    parts = [f"{citation.mode} {citation.key}"]
    if citation.prefix:
        parts.append(f'before "{citation.prefix}"')
    if citation.locator is not None:
        parts.append(f'{citation.locator_label or "place"} "{citation.locator}"')
    if citation.suffix:
        parts.append(f'after "{citation.suffix}"')
    return ", ".join(parts)


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_case(case: Case) -> None:
    found = described(scan(case.text, link_labels=LABELS, footnotes=FOOTNOTES))
    assert len(found) == len(case.expected), found
    for line, expected in zip(found, case.expected, strict=True):
        assert line.startswith(expected.rstrip('"')) if expected.startswith("=> slip") else line == expected


def test_there_are_cases() -> None:
    assert len(cases()) > 300


def test_a_slip_says_what_to_write() -> None:
    for case in cases():
        for slip in scan(case.text).slips:
            assert slip.fix
            assert slip.what[0] in '"' or slip.what[0].islower()
            assert not slip.what.endswith(".")


@pytest.mark.parametrize("text", ["@@a", "see @@a.", "[@@a]", "[@b; @@a]"])
def test_a_doubled_sign_is_told_from_its_first_to_the_end_of_the_key(text: str) -> None:
    (slip,) = scan(text).slips
    assert text[slip.start : slip.end] == "@@a"


def test_labels_are_csl_terms() -> None:
    assert LOCATOR_LABELS["pp."] == "page"
    assert LOCATOR_LABELS["tbl."] == "table"
    assert LOCATOR_LABELS["§§"] == "section"
    assert all(form == form.casefold() for form in LOCATOR_LABELS)


def test_link_labels_are_compared_as_pandoc_does() -> None:
    assert scan("[@a][The  Label]", link_labels=["the label"]).clusters[0].within == "link"


def test_paragraphs_do_not_reach_into_each_other() -> None:
    found = scan("an open [bracket and *star\n\n[@a] and `code\n\n[@b]` end")
    assert [cluster.citations[0].key for cluster in found.clusters] == ["a", "b"]


# --------------------------------------------------------------------------------------- for every text

PIECES = st.sampled_from(
    [
        "[",
        "]",
        "(",
        ")",
        "{",
        "}",
        "@",
        "-",
        ";",
        ",",
        ".",
        "!",
        "*",
        "**",
        "_",
        "~~",
        "^",
        "~",
        "`",
        "``",
        "$",
        "$$",
        "\\",
        "<",
        ">",
        '"',
        "'",
        "&",
        "a",
        "b",
        "é",
        "3",
        "p.",
        "@a",
        "-@b",
        "@{x",
        "[@a]",
        "(u)",
        "{.x}",
        "<b>",
        "<!--",
        "-->",
        "[^1]",
        "^[",
        "![",
        "\\textbf{",
        "https://x/",
        "<span>",
        "</span>",
        "&quot;",
        "--",
        " ",
        "\n",
        "\n\n",
        "＠",
        "\xa0",
        "�",
        "\x00",
    ]
)
TEXTS = st.one_of(st.lists(PIECES, max_size=30).map("".join), st.text(max_size=60))


@given(TEXTS)
@settings(max_examples=1500, deadline=None, derandomize=True)
def test_any_text(text: str) -> None:
    found = scan(text, link_labels=LABELS, footnotes=FOOTNOTES)
    in_order(found.clusters)
    for cluster in found.clusters:
        for citation in cluster.citations:
            assert cluster.start <= citation.start < citation.end <= cluster.end
            bare = text[citation.start : citation.end].removeprefix("-").removeprefix("@")
            assert bare in (citation.key, f"{{{citation.key}}}")
    for slip in found.slips:
        assert 0 <= slip.start < slip.end <= len(text)
    assert [slip.start for slip in found.slips] == sorted(slip.start for slip in found.slips)


def in_order(clusters: tuple[Cluster, ...]) -> None:
    """One after the other, and disjoint; only what stands in another's words lies inside that other."""
    starts = [cluster.start for cluster in clusters]
    assert starts == sorted(starts)
    outer = [cluster for cluster in clusters if cluster.within != "citation"]
    end = 0
    for cluster in clusters:
        if cluster in outer:
            assert cluster.start >= end
            end = cluster.end
        else:
            assert cluster.end <= end


# ------------------------------------------------------------------------------------------ linear time

HOSTILE = {
    "open brackets": "[",
    "closed brackets": "]",
    "clusters": "[@a; @b, p. 3] ",
    "open citations": "[@a ",
    "open lists of citations": "[@a;",
    "narrative with open brackets": "@a [",
    "backticks": "`",
    "stars": "*a ",
    "strong and emphasis": "**a *b ",
    "underscores": "_a ",
    "dollars": "$a ",
    "less-than signs": "<",
    "open tags": '<a b="',
    "comments": "<!-- ",
    "single quotes": "'a ",
    "quotes in quotes": "\"a 'b ",
    "link targets": "[a](",
    "pictures": "![",
    "notes": "^[",
    "braced keys": "@{",
    "attributes": "[@a]{.a ",
    "TeX": "\\foo{",
    "spans": "<span>",
    "strikeouts": "~~a ",
    "addresses": "http://x/@a ",
    "keyless parts": "[x @a ",
}


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE.keys())
def test_work_grows_with_the_text_and_no_faster(piece: str) -> None:
    small, large = (steps(piece * count + "@a") for count in (300, 1200))
    assert large < 6 * small + 2000


def test_nested_brackets_are_linear() -> None:
    small, large = (steps("[" * count + "@a" + "]" * count) for count in (300, 1200))
    assert large < 6 * small + 2000


def steps(text: str) -> int:
    """How many calls of Python functions a scan makes: the same on every machine."""
    count = 0

    def counted(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        scan(text)
    finally:
        sys.setprofile(before)
    return count


def test_deep_nesting_does_not_exhaust_the_stack() -> None:
    assert scan("_a " * 30_000 + "[@a]").clusters[-1].citations[0].key == "a"
