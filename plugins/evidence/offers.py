"""`content/ctas.toml` → the calls to action a page may choose. Offers a consultation, claims nothing."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from evidence.errors import UnreadableError

_TEXTS = ("heading", "text", "button")


@dataclass(frozen=True, slots=True)
class Offer:
    """One call to action. `url` and `phone` come from the site's settings."""

    id: str
    heading: str
    text: str
    button: str
    clinic: str = ""
    url: str = ""
    phone: str = ""

    def made_by(self, clinic: Mapping[str, str]) -> Offer:
        """The offer with the clinic's name and addresses filled in."""
        name = clinic.get("name", "")
        texts = {field: getattr(self, field).replace("{clinic}", name) for field in _TEXTS}
        return replace(self, **texts, clinic=name, url=clinic.get("booking_url", ""), phone=clinic.get("phone", ""))


def read_offers(root: Path, path: str) -> dict[str, Offer]:
    """The offers by id; none if there is no such file. Raises UnreadableError with the place of a mistake."""
    try:
        text = (root / path).read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableError(f"{path}: cannot be read: {error}") from error
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UnreadableError(f"{path}: {error}") from error
    return {key: _offer(path, key, value) for key, value in tables.items()}


def _offer(path: str, key: str, value: object) -> Offer:
    if not isinstance(value, dict):
        raise UnreadableError(f"{path}: {key} must be a table [{key}] with heading, text and button")
    for field in _TEXTS:
        if not isinstance(value.get(field), str) or not value[field].strip():
            raise UnreadableError(f'{path}: [{key}] has no {field}; add a line {field} = "…"')
    return Offer(key, *(value[field] for field in _TEXTS))
