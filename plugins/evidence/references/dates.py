"""Dates and page ranges as *Citing Medicine* writes them: `2016 Apr 5`, `2002 Jul-Aug`, `713-6`."""

from __future__ import annotations

import re

from evidence.model import Source

_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_SEASONS = {"autumn": "Fall", "fall": "Fall", "spring": "Spring", "summer": "Summer", "winter": "Winter"}
_RANGE = re.compile(r"([A-Za-z]*)(\d+)\s*[-‐–—]+\s*([A-Za-z]*)(\d+)(?![\w])")
_ISO = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?(?!\d)")


def date(source: Source) -> str:
    """When it appeared, as far as it is known."""
    month, day = _month_and_day(source.value("month"))
    day = source.value("day").lstrip("0") or day
    return " ".join(part for part in (source.value("year"), month, day if month else "") if part)


def day(text: str) -> str:
    """`2026-08-01` → `2026 Aug 1`; other words stay as they are."""
    found = _ISO.match(text)
    if found is None:
        return text
    month = _month(found[2] or "")
    return " ".join(part for part in (found[1], month, (found[3] or "").lstrip("0") if month else "") if part)


def _month_and_day(text: str) -> tuple[str, str]:
    """`jul`, `7`, `July/August`; old entries keep the day here too: `10 January`, `January 10`."""
    days = [word for word in re.findall(r"\d+", text) if re.search(r"[A-Za-z]", text)]
    words = re.findall(r"\w+", text)
    months = [month for word in words if word not in days and (month := _month(word))]
    if len(months) == 1 and not _month(words[0]) and not days:
        return "", ""
    return "-".join(months[:2]), days[0].lstrip("0") if len(days) == 1 else ""


def _month(word: str) -> str:
    if word.isdecimal():
        return _MONTHS[int(word) - 1] if len(word) <= 2 and 1 <= int(word) <= 12 else ""
    short = word[:3].title()
    return short if short in _MONTHS else _SEASONS.get(word.lower(), "")


def pages(text: str) -> str:
    """Ranges shortened as NLM does: `713--716` → `713-6`, `S93--S99` → `S93-9`, `124A--126A` and `xi--xxi` whole."""
    whole = re.sub(
        r"(?<=\w)\s*[-‐–—]+\s*(?=\w)", "-", _RANGE.sub(_shortened, re.sub(r"^pp?\.?\s*(?=\w*\d)", "", text))
    )
    return re.sub(r"\s*,\s*", ", ", whole).strip()


def _shortened(found: re.Match[str]) -> str:
    letters, first, again, last = found.groups()
    if again and again.lower() != letters.lower():
        return f"{letters}{first}-{again}{last}"
    if len(first) == len(last):
        last = last[next((n for n in range(len(first)) if first[n] != last[n]), len(first) - 1) :]
    return f"{letters}{first}-{last}"
