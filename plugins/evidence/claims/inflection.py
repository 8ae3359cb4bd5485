"""The inflected forms of an entry of a cue file."""

from __future__ import annotations

from collections.abc import Iterator


def forms(entry: str, inflect: str) -> set[str]:
    """The entry in its forms: nouns change their last word, verbs their first."""
    words = entry.split(" ")
    if inflect == "noun":
        return {entry, *(" ".join([*words[:-1], form]) for form in _plurals(words[-1]))}
    if inflect == "verb":
        return {entry, *(" ".join([form, *words[1:]]) for form in _verb_forms(words[0]))}
    return {entry}


def _plurals(word: str) -> Iterator[str]:
    if len(word) < 3 or not word[-1].isalpha() or (word.endswith("ss") and len(word) < 4):
        return
    if word.endswith("y") and word[-2] not in "aeiou":
        yield word[:-1] + "ies"
    elif word.endswith(("s", "x", "z", "ch", "sh")):
        yield word + "es"
    else:
        yield word + "s"
    yield word + "'s"


def _verb_forms(word: str) -> Iterator[str]:
    if not word.isalpha() or len(word) < 3:
        return
    yield from (form for form in _plurals(word) if not form.endswith("'s"))
    if word.endswith("e"):
        yield from (word + "d", word[:-1] + "ing")
    elif word.endswith("y") and word[-2] not in "aeiou":
        yield from (word[:-1] + "ied", word + "ing")
    else:
        yield from (word + "ed", word + "ing")
        if word[-1] in "bdglmnprt" and word[-2] in "aeiou" and word[-3] not in "aeiou":
            yield from (word + word[-1] + "ed", word + word[-1] + "ing")
