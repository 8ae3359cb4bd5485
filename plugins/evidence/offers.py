"""`content/ctas.toml` → the calls to action a page may choose. Offers a consultation, claims nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path

from evidence.errors import SettingsError, UnreadableError
from evidence.model import Meta
from evidence.ordinary import read_ordinary
from evidence.toml_places import Places
from evidence.toml_text import TomlFault, toml_data

_TEXTS = ("heading", "text", "button")
_RECORD = ("owner", "approved-by")
_DAYS = ("approved-on", "expires")


@dataclass(frozen=True, slots=True)
class Offer:
    """One call to action. `url` and `phone` come from the site's settings.

    `topics` are the categories whose articles show it. `said` is what the page will show, with places. An empty `approved_by` means that nobody has approved the wording; it is never filled in by the program.
    """

    id: str
    heading: str
    text: str
    button: str
    owner: str = ""
    approved_by: str = ""
    approved_on: date | None = None
    expires: date | None = None
    topics: tuple[str, ...] = ()
    said: tuple[Meta, ...] = ()
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
        text = read_ordinary(root / path).decode("utf-8-sig")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableError(f"{path}: cannot be read: {getattr(error, 'strerror', None) or error}") from error
    return parse_offers(text, path)


def parse_offers(text: str, path: str) -> dict[str, Offer]:
    """The offers in a file's text, by id. Raises UnreadableError with the place of a mistake."""
    try:
        tables = toml_data(text)
    except TomlFault as error:
        raise UnreadableError(f"{path}:{error.line}:{error.column}: {error}") from error
    places = Places(path, text)
    offers = {key: _offer(places.at(key), key, value, places) for key, value in tables.items()}
    first: dict[str, str] = {}
    for offer in offers.values():
        for topic in offer.topics:
            other = first.setdefault(topic.lower(), offer.id)
            if other != offer.id:
                raise UnreadableError(
                    f'{places.at(offer.id)}: the topic "{topic}" is in [{other}] and in [{offer.id}]; keep it in one'
                )
    return offers


def by_topic(offers: Mapping[str, Offer]) -> dict[str, str]:
    """By category, in small letters: the id of the offer that its articles show."""
    return {topic.lower(): offer.id for offer in offers.values() for topic in offer.topics}


def check_in_force(offers: Mapping[str, Offer], today: date) -> None:
    """Raises SettingsError if nobody answers for an offer, or its approval has run out. Only asked when the public site is made."""
    for offer in offers.values():
        if not offer.owner:
            raise SettingsError(f'nobody answers for the offer [{offer.id}] of ctas.toml; add a line owner = "…"')
        if offer.expires and offer.expires < today:
            raise SettingsError(
                f"the offer [{offer.id}] of ctas.toml expired on {offer.expires}; have it approved again, or remove it"
            )


def _offer(at: str, key: str, value: object, places: Places) -> Offer:
    if not isinstance(value, dict):
        raise UnreadableError(f"{at}: {key} must be a table [{key}] with heading, text and button")
    known = (*_TEXTS, *_RECORD, *_DAYS, "topics")
    for field in value:
        if field not in known:
            near = get_close_matches(field, known, 1)
            hint = f'; did you mean "{near[0]}"?' if near else f"; there are {', '.join(known)}"
            raise UnreadableError(f'{at}: [{key}] has a field "{field}" that means nothing{hint}')
    for field in _TEXTS:
        if not isinstance(value.get(field), str) or not value[field].strip():
            raise UnreadableError(f'{at}: [{key}] has no {field}; add a line {field} = "…"')
    owner, approved_by = (_name(at, key, field, value.get(field, "")) for field in _RECORD)
    approved_on, expires = (_date(at, key, field, value.get(field)) for field in _DAYS)
    if bool(approved_by) != bool(approved_on):
        raise UnreadableError(f"{at}: [{key}] needs both approved-by and approved-on, or neither of them")
    if expires and not approved_on:
        raise UnreadableError(f"{at}: [{key}] has expires, but nobody approved it; add approved-by and approved-on")
    if approved_on and expires and expires < approved_on:
        raise UnreadableError(f"{at}: [{key}] expires before it was approved; correct one of the two days")
    heading, text, button = (value[field] for field in _TEXTS)
    topics = value.get("topics", [])
    if not isinstance(topics, list) or not all(isinstance(one, str) and one.strip() for one in topics):
        raise UnreadableError(f'{at}: [{key}] topics must be a list of categories, such as ["Prevention"]')
    names = tuple(one.strip() for one in topics)
    said = tuple(Meta(f"{key}.{field}", value[field], places.value((key, field))) for field in _TEXTS)
    return Offer(key, heading, text, button, owner, approved_by, approved_on, expires, names, said)


def _name(at: str, key: str, field: str, value: object) -> str:
    if not isinstance(value, str):
        raise UnreadableError(f'{at}: [{key}] {field} must be a name between quotes, or ""')
    return value.strip()


def _date(at: str, key: str, field: str, value: object) -> date | None:
    if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
        return value
    raise UnreadableError(f"{at}: [{key}] {field} must be a day without quotes, such as 2027-01-31")
