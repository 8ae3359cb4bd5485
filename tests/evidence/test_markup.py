"""What citations look like to readers, and what never reaches them."""

from __future__ import annotations

import re

import pytest
from evidence import markup
from evidence.errors import EvidenceError
from evidence.library import parse_library
from evidence.markup import plain_list, render, with_data, without_anchors
from evidence.memory import NOTHING
from evidence.model import Document
from evidence.project import document_of
from evidence.reading import read
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import BIB, HEAD, NOTE

LIBRARY = parse_library({"references.bib": BIB}, {"content/sources/jones2019fluid.toml": NOTE})


def page(body: str) -> str:
    return render(read(HEAD + body, "x.md"), LIBRARY).html


def shown(html: str) -> str:
    """The words a sighted reader sees."""
    html = re.sub(r'<span class="vh">[^<]*</span>', "", html)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", html)).strip()


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Pain fell [@smith2020].", "Pain fell [1]."),
        ("Pain [@jones2019fluid] fell [@smith2020; @jones2019fluid].", "Pain [1] fell [2, 1]."),
        ("Pain fell [see @smith2020, pp. 713-714, and more].", "Pain fell [see 1, pp. 713-714, and more]."),
        ("@smith2020 found none.", "Smith and Lee [1] found none."),
        ("@jones2019fluid [p. 3] found none.", "Jones [1, p. 3] found none."),
        ("Smith [-@smith2020] found none.", "Smith [1] found none."),
        ("Pain fell [@jones2019fluid#pain-60min].", "Pain fell [1]."),
        ("*Pain [@smith2020]* **fell**.", "Pain [1] fell."),
        ("`[@smith2020]` is code.", "[@smith2020] is code."),
        (r"\@smith2020 is a handle.", "@smith2020 is a handle."),
        ("me@smith2020.org is mail.", "me@smith2020.org is mail."),
        ("Pain [fell]{.claim} [@smith2020].", "Pain fell [1]."),
        ("Pain fell. <!-- allow EV101: a sample -->", "Pain fell."),
        ("<!-- allow EV101: a sample -->\n\nPain fell.", "Pain fell."),
        ("Code `<!-- allow EV101: x -->` stays.", "Code &lt;!-- allow EV101: x --&gt; stays."),
        ("Pain fell [@unknown].", "Pain fell [no source “unknown”]."),
        ("[words with @smith2020](about.html)", "words with Smith and Lee [1]"),
    ],
)
def test_what_a_reader_sees(written: str, expected: str) -> None:
    assert shown(page(written)) == expected


def test_a_marker_links_to_its_source_and_each_mention_has_an_id() -> None:
    html = page("One [@smith2020]. Two [@smith2020].")
    assert (
        '<span class="cites">[<a href="#s-smith2020" id="m-smith2020-1" role="doc-biblioref">'
        '<span class="vh">source </span>1<span class="vh">, Smith 2020</span></a>]</span>'
    ) in re.sub(r'<a id="(.*?)" role="(.*?)" href="(.*?)">', r'<a href="\3" id="\1" role="\2">', html)
    assert html.count('id="m-smith2020-2"') == 1


def test_the_reference_list_is_numbered_by_first_mention_and_knows_its_mentions() -> None:
    first, second = render(
        read(HEAD + "A [@jones2019fluid]. B [@smith2020; @jones2019fluid].", "x.md"), LIBRARY
    ).references
    assert (first.key, first.number, [one.id for one in first.mentions]) == (
        "jones2019fluid",
        1,
        ["m-jones2019fluid-1", "m-jones2019fluid-2"],
    )
    assert (second.key, second.number, second.id) == ("smith2020", 2, "s-smith2020")


def test_nocite_lists_a_source_without_a_mention() -> None:
    document = read(HEAD.replace("date:", "nocite: '@smith2020'\ndate:") + "A [@jones2019fluid].", "x.md")
    assert [(one.key, len(one.mentions)) for one in render(document, LIBRARY).references] == [
        ("jones2019fluid", 1),
        ("smith2020", 0),
    ]


def test_a_citation_in_a_heading_stays_out_of_ids_and_contents() -> None:
    rendered = render(read(HEAD + "## What was found [@smith2020]\n\nText.", "x.md"), LIBRARY)
    assert rendered.headings == (("section-what-was-found", "What was found"),)
    assert 'id="section-what-was-found"' in rendered.html


def test_citations_everywhere_a_block_may_have_them() -> None:
    html = page(
        "| a |\n|---|\n| x [@smith2020] |\n\n- item [@smith2020]\n\nTerm [@smith2020]\n:   def [@smith2020]\n\n"
        "> quote [@smith2020]\n\nNote[^1].\n\n[^1]: foot [@smith2020]\n"
    )
    assert html.count("doc-biblioref") == 6
    assert len(set(re.findall(r'id="(m-[^"]*)"', html))) == 6


def test_many_stray_brackets_change_nothing_of_the_text() -> None:
    text = "[ ] " * 50 + "[link](about.html) [@smith2020] \\[ [x]{.claim}"
    assert shown(page(text)) == "[ ] " * 50 + "link [1] [ x"


def test_text_from_the_bibliography_cannot_become_markup() -> None:
    bib = BIB.replace("Smith, Ann", "<script>alert(1)</script>, Ann").replace("A trial", "<img src=x onerror=y>")
    library = parse_library({"references.bib": bib}, {})
    rendered = render(read(HEAD + "@smith2020 says [@smith2020].", "x.md"), library)
    assert "<script" not in rendered.html
    assert "<img" not in rendered.html + plain_list(rendered.references)


def test_the_feed_version_has_no_ids_and_no_links_into_the_page() -> None:
    html = page(
        "Pain[^1] fell [see @smith2020, p. 714; @jones2019fluid]. [Site](https://example.org/?a=1&b=2)\n\n[^1]: x\n"
    )
    plain = without_anchors(html)
    assert not re.search(r'\bid=|href="#|role=|class="vh"', plain)
    assert "[see 1, p. 714; 2]" in plain
    assert '<a href="https://example.org/?a=1&amp;b=2">Site</a>' in plain


def test_a_marker_carries_what_it_stands_for_and_the_feed_does_not() -> None:
    html = with_data(
        page("One [@smith2020]. Two [@smith2020]."),
        {"m-smith2020-2": {"claim": 'c"1', "findings": ""}, "m-other-1": {"claim": "x"}},
    )
    assert html.count("data-") == 1
    assert 'id="m-smith2020-2" role="doc-biblioref" data-claim="c&#34;1">' in html
    assert "data-" not in without_anchors(html)


def test_two_findings_of_one_source_are_one_number_unless_more_is_said() -> None:
    library = parse_library({"references.bib": BIB}, {}, {})

    def shown(cluster: str) -> tuple[str, int]:
        page = render(read(f"---\ntitle: T\ndate: 2026-11-24\n---\n\nPain fell {cluster}.\n", "x.md"), library)
        words = re.sub(r"<[^>]+>", "", re.sub(r'<span class="vh">.*?</span>', "", page.html)).strip()
        return words, len(page.references[0].mentions)

    assert shown("[@smith2020#a; @smith2020#b]") == ("Pain fell [1].", 1)
    assert shown("[@smith2020; @jones2019fluid; @smith2020]") == ("Pain fell [1,\u00a02].", 1)
    assert shown("[@smith2020, p. 3; @smith2020, p. 5]") == ("Pain fell [1, p. 3; 1, p. 5].", 2)


_PIECES = st.sampled_from(
    [
        "<p>",
        "</p>",
        '<a href="#x">',
        '<a href="x" id="y">',
        "</a>",
        '<span class="vh">',
        "<span>",
        "</span>",
        "words",
        " &amp; ",
        "&#8217;",
        '<a class="term" href="g">',
        '<img src="a.svg" alt="">',
        '<li id="b" data-c="d" lang="fr">',
        "</li>",
        '<td\ndata-head="x">',
        "<br>",
        '<svg viewBox="0 0 1 1">',
        "</svg>",
        '<q cite="a&amp;b">',
        "</q>",
        "it's",
        '<b title="it\'s">',
        "<hr />",
        "<!-- c -->",
        " < ",
        "&x",
    ]
)


@settings(deadline=None)
@given(st.lists(_PIECES, max_size=12).map("".join))
def test_plain_html_loses_its_anchors_as_all_other_does(html: str) -> None:
    reader = markup._Plain()
    reader.feed(html)
    reader.close()
    assert without_anchors(html) == "".join(reader.out)


_BODIES = st.sampled_from(
    [
        "# One\n\ntext[^1]\n\n[^1]: note", "[link][a]\n\n[a]: http://x.example/", "*[AB]: Abbreviation\n\nAB is short",
        "text[^1] and AB and [link][a]", "## Two {#two}\n\n## Two\n\n[x]{.claim}", "term\n:   what it is", "- a\n\n    - b",
        "| a | b |\n|---|---|\n| 1 | 2 |", "```\ncode\n```", '<div markdown="1">\n\n*in*\n\n</div>', "<div><p>open", "> quoted\n\n1. one\n4. four",
        "A trial [@smith2020, p. 3].", "@smith2020 found, \"quoted\" -- so [@jones2019fluid#pain-60min].", "[" * 70 + "@smith2020" + "]" * 70,
        "(@x) An example.\n\nSee (@x).", "<!-- picture: people -->\n\n| a | b |\n|---|---|\n| 3 of 10 people | x |", "`", "    indented", "<b",
        "<!-- picture: people -->\n\nno table",
    ]
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(_BODIES, min_size=2, max_size=6))
def test_a_page_is_the_same_whatever_was_rendered_before_it(bodies: list[str]) -> None:
    def rendered(body: str, *, fresh: bool) -> object:
        if fresh:
            markup._converter.cache_clear()
        try:
            return render(read(HEAD + body, "x.md"), LIBRARY)
        except EvidenceError as error:
            return str(error)

    assert [rendered(one, fresh=False) for one in bodies] == [rendered(one, fresh=True) for one in bodies]


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("Pain fell <b x [@smith2020]> soon.", "6:16", "[@smith2020]"),
        ('Pain [fell](u "`" @smith2020) soon.', "6:19", "@smith2020"),
        ("Pain [fell][x](u '>``][x](u [@smith2020]~ soon.", "6:29", "[@smith2020]"),
        ("One [@smith2020].\n\n[Pain][fell](u $@smith2020\n'[x](u |", "8:17", "@smith2020"),
    ],
)
def test_a_citation_that_no_reader_would_see_is_told_with_its_place(text: str, place: str, words: str) -> None:
    told = f'x.md:{place}: the citation "{words}" could not be rendered; set it apart'
    with pytest.raises(EvidenceError, match=re.escape(told)):
        page(text)


@pytest.mark.parametrize(
    "text",
    [
        "One [@smith2020] *word*{name=} and [x](u){=}.",
        "![a picture [@smith2020]](images/a.svg)",
        "Word.\n\n[^1]: A note that nothing leads to [@smith2020].",
        "Word[^1] and[^1].\n\n[^1]: A note [@smith2020].",
        "## Heading [@smith2020]\n\nWord.",
        "Term [@smith2020]\n: Meaning [@smith2020]",
    ],
)
def test_where_a_citation_may_stand_it_is_put_back(text: str) -> None:
    assert not re.search("[\U000f0000-\U000fffff]", page(text))


_MARKUP = st.sampled_from(
    [
        *("[@smith2020]", "@smith2020", " @jones2019fluid [p. 3] ", "[x](u", "[x][a]", "[x](", "](u ", ")", "[", "]", "![p](i.svg ", "(", "{", "}"),
        *("{.claim}", "{: title=", "<b ", "<b>", "</b>", "<", ">", "<http://x.example/", "<!--", "-->", "<!-- c -->", "<img src=x alt='", "/>"),
        *("`", "``", "\\`", "\\", "*", "_", "**", '"', "'", "~", "$", "&amp;", "&", "#", "|", "\n", "\n\n", "\n- ", "    ", "\n> ", "word", " "),
        *("[a]: http://x.example/ 'T'\n\n", "*[word]: W\n\n", "[^1]", "\n\n[^1]: ", "| a | b |\n|---|---|\n| ", "\n## ", "{#id}", ":   "),
    ]
)  # fmt: skip


@settings(deadline=None, max_examples=300)
@given(st.lists(_MARKUP, min_size=2, max_size=14), st.integers(0, 8))
def test_the_check_tells_of_a_citation_that_no_reader_would_see_if_and_only_if_the_build_stops_over_it(
    pieces: list[str], at: int
) -> None:
    body = "".join([*pieces[:at], "[@smith2020]", *pieces[at:]])
    document = document_of((HEAD + body).encode(), "x.md", "article", NOTHING)
    told = next((f"{place.path}:{place.line}:{place.column}" for place, _, _ in document.unshown), "")
    assert told == place_told(document), body


def place_told(document: Document) -> str:
    """The first place at which the build would stop over a citation; "" if it would not."""
    try:
        render(document, LIBRARY)
    except EvidenceError as error:
        found = re.match(r"(x\.md:\d+:\d+): the citation", str(error))
        return found[1] if found else f"x.md:1:1 {error}"
    return ""
