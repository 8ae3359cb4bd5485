"""Letters that people and the program would take for different ones."""

from __future__ import annotations

import pytest
from evidence.letters import odd_words
from evidence.model import Case, Library, Policy
from evidence.reading import read
from evidence.rules import other_words
from evidence.toml_text import TomlFault, toml_data
from samples import HEAD

ODD = {
    "cu\u200bre": "cure",
    "mi\u00adgraine": "migraine",
    "c\u200dure": "cure",
    "4.\u200b6": "4.6",
    "5\u2060.2": "5.2",
    "\U0001d41c\U0001d42e\U0001d42b\U0001d41e": "cure",
    "\uff43\uff55\uff52\uff45": "cure",
    "\u2464": "5",
    "\u0441ur\u0435": "",
    "Fl\u03c5ids": "",
    "5.\u01bc": "",
    "c\u0336ure": "",
}
PLAIN = (
    *(
        "\u03b2-blockers, \u03bcg, TNF-\u03b1, 5 \u03bcmol, \u03949, \u03ba-opioid",
        "na\u00efve, \u0141ukasz, Nguy\u1ec5n, \u00d6tv\u00f6s",
    ),
    *(
        "4.5\u00a0points, 10\u202fmg, \u00bd, H\u2082O, m\u00b2, TM\u2122",
        "\u043c\u0438\u0433\u0440\u0435\u043d\u044c",
        "cafe\u0301",
        "\ufb01ne",
    ),
    *("word\u200b end", "\u201cquoted\u201d \u2026 it\u2019s \u2013 fine"),
)


@pytest.mark.parametrize("word", [*ODD])
def test_a_word_in_odd_letters_is_found_whole(word: str) -> None:
    (found,) = odd_words(f"It is {word} here.")
    before, behind = f"It is {word} here."[: found.start], f"It is {word} here."[found.end :]
    if ODD[word]:
        assert f"{before}{found.plain}{behind}" == f"It is {ODD[word]} here."
    else:
        assert found.plain == ""
        assert (before, behind) == ("It is ", " here.")


@pytest.mark.parametrize("text", PLAIN)
def test_what_is_written_so_on_purpose_is_left_alone(text: str) -> None:
    assert list(odd_words(text)) == []


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        (f"{HEAD}Fluids c\u200bure pain.\n", HEAD.count("\n") + 1, 8),
        (HEAD.replace("title: ", "title: \U0001d400 "), 2, 8),
    ],
)
def test_an_article_is_told_with_the_place_and_the_word_to_write(text: str, line: int, column: int) -> None:
    hits = list(other_words.check(Case((read(text, "content/articles/x.md"),), Library({}), Policy())))
    assert [(hit.place.line, hit.place.column) for hit in hits] == [(line, column)]
    assert hits[0].replacements[0] in ("cure", "A")


@pytest.mark.parametrize("value", ['"eased\\n c\u200bure"', '"c\\u200bure"', '["a", {b = "\uff43ure"}]'])
def test_a_file_of_the_site_is_refused(value: str) -> None:
    with pytest.raises(TomlFault, match="cure"):
        toml_data(f"a = 1\nb = {value}\n")
