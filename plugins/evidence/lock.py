"""`references.lock.json` ⇄ `Lock`: what was verified, where and when. Pure; the same lock gives the same bytes.

```
{"schema": "evidence-lock/1",
 "sources": {KEY: {"answers": {SERVICE: {"checked", "entry", "state", "id", "title", "author", "years", "ids", "marks", "data"}},
                   "failures": {SERVICE: {"on", "why"}}}}}
```

Keys and services are sorted. A failed look-up is written beside the last answer and never in its place.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from evidence.errors import UnreadableError
from evidence.model import Answer, AnswerState, Failure, Lock, Mark, MarkKind, Record, Source

SCHEMA = "evidence-lock/1"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_HASHED = ("title", "subtitle", "year", "doi", "pmid", "pmcid", "isbn", "eprint", "eprinttype")


def entry_hash(source: Source) -> str:
    """Sixteen hexadecimal digits of the SHA-256 of the fields that say which work is meant."""
    people = [[name.family, name.given] for role in ("author", "editor") for name in source.creators.get(role, ())]
    fields = [source.value(name) for name in _HASHED]
    return hashlib.sha256(json.dumps([fields, people], ensure_ascii=True).encode()).hexdigest()[:16]


# ---------------------------------------------------------------------------------------------- reading


def parse_lock(text: str, path: str) -> Lock:
    """The lock in a file's text. Raises UnreadableError: what was verified must never be guessed."""
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise _damaged(f"{path}:{error.lineno}:{error.colno}", f"is no JSON ({error.msg.lower()})") from error
    except (RecursionError, ValueError) as error:  # brackets without end, numbers without end
        raise _damaged(path, "is no lock") from error
    try:
        if data["schema"] != SCHEMA:
            raise _damaged(path, f'has the schema "{data["schema"]}" instead of "{SCHEMA}"')
        return Lock({str(key): _record(record) for key, record in data["sources"].items()})
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _damaged(path, f"is not as it was written ({type(error).__name__}: {error})") from error


def _damaged(place: str, what: str) -> UnreadableError:
    return UnreadableError(f"{place}: {what}; restore it, or delete it and run `evidence sources verify`")


def _record(data: Mapping[str, Any]) -> Record:
    return Record(
        {service: _answer(service, one) for service, one in data["answers"].items()},
        {service: Failure(service, _day(one["on"]), str(one["why"])) for service, one in data["failures"].items()},
    )


def _answer(service: str, data: Mapping[str, Any]) -> Answer:
    return Answer(
        service=service,
        checked=_day(data["checked"]),
        entry=str(data["entry"]),
        state=AnswerState(data["state"]),
        id=str(data["id"]),
        title=str(data.get("title", "")),
        author=str(data.get("author", "")),
        years=tuple(str(year) for year in _listed(data.get("years", []))),
        ids={str(kind): str(value) for kind, value in data.get("ids", {}).items()},
        marks=tuple(
            Mark(MarkKind(one["kind"]), str(one.get("date", "")), str(one.get("notice", "")))
            for one in _listed(data.get("marks", []))
        ),
        data=str(data.get("data", "")),
    )


def _listed(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError(f"{value!r} is no list")
    return value


def _day(text: object) -> str:
    if not isinstance(text, str) or not _DAY.fullmatch(text):
        raise ValueError(f'"{text}" is no day')
    return text


# ---------------------------------------------------------------------------------------------- writing


def lock_text(lock: Lock) -> str:
    """The lock as a file's text: sorted, one value a line, so that a change is a small difference."""
    sources = {key: _record_data(record) for key, record in sorted(lock.records.items())}
    return json.dumps({"schema": SCHEMA, "sources": sources}, ensure_ascii=False, indent=1) + "\n"


def _record_data(record: Record) -> dict[str, Any]:
    return {
        "answers": {name: _answer_data(answer) for name, answer in sorted(record.answers.items())},
        "failures": {name: {"on": one.on, "why": one.why} for name, one in sorted(record.failures.items())},
    }


def _answer_data(answer: Answer) -> dict[str, Any]:
    data: dict[str, Any] = {
        "checked": answer.checked,
        "entry": answer.entry,
        "state": answer.state.value,
        "id": answer.id,
        "title": answer.title,
        "author": answer.author,
        "years": sorted(answer.years),
        "ids": dict(sorted(answer.ids.items())),
        "marks": [_mark_data(mark) for mark in sorted(set(answer.marks))],
        "data": answer.data,
    }
    return {name: value for name, value in data.items() if value or name in ("id", "entry")}


def _mark_data(mark: Mark) -> dict[str, str]:
    data = {"kind": mark.kind.value, "date": mark.date, "notice": mark.notice}
    return {name: value for name, value in data.items() if value}


# ---------------------------------------------------------------------------------------------- merging


GROUPS = (("crossref", "datacite", "doi.org"), ("pubmed", "pmc"), ("openlibrary",), ("arxiv",), ("retraction-watch",))
"""Services that are asked one after the other until one knows the work: the last word of one replaces the others'."""


def merged(lock: Lock, key: str, outcomes: Iterable[Answer | Failure]) -> Lock:
    """The lock with what was learnt of one source. A failure stands beside the last answers and never in their place."""
    record = lock.records.get(key, Record())
    answers, failures = dict(record.answers), dict(record.failures)
    learnt = {one.service: one for one in outcomes}
    for group in GROUPS:
        told = [learnt[name] for name in group if name in learnt]
        if told and all(isinstance(one, Answer) for one in told):
            for name in group:
                answers.pop(name, None)
                failures.pop(name, None)
    for name, one in learnt.items():
        if isinstance(one, Answer):
            answers[name] = one
        else:
            failures[name] = one
    return Lock({**lock.records, key: Record(answers, failures)})


def without_strangers(lock: Lock, keys: Iterable[str]) -> Lock:
    """The lock without records of sources that are no longer in the bibliography."""
    known = set(keys)
    return replace(lock, records={key: record for key, record in lock.records.items() if key in known})
