"""Compare what Pelican took with what was checked, and give each page what the theme shows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import datetime
from typing import Any

from markupsafe import escape
from pelican import ArticlesGenerator, PagesGenerator
from pelican.contents import Article, Content, Page

from evidence.anatomy import card_left_out, chosen_offer, emergency_cards
from evidence.claims import has_cues
from evidence.coverage import language_of
from evidence.errors import EvidenceError
from evidence.markup import plain_list, without_anchors
from evidence.model import BlockKind, Document
from evidence.offers import Offer, by_topic
from evidence.plugin.cards import deal_cards
from evidence.plugin.evidence_pages import show_evidence
from evidence.plugin.reading import check_attachments, summary
from evidence.plugin.run import Run, is_public, run_of
from evidence.plugin.sheets import Sheet
from evidence.plugin.site_files import changes_of, corrections_of, list_from_a_to_z
from evidence.rules import RULES
from evidence.showing.checks import in_force
from evidence.signoff.reviewed import UNREVIEWED


def _contents(generators: list[Any]) -> Iterator[Content]:
    """Every article and page that Pelican will publish, drafts and hidden ones and translations included."""
    lists = {
        ArticlesGenerator: (
            "articles",
            "translations",
            "drafts",
            "drafts_translations",
            "hidden_articles",
            "hidden_translations",
        ),
        PagesGenerator: (
            "pages",
            "translations",
            "hidden_pages",
            "hidden_translations",
            "draft_pages",
            "draft_translations",
        ),
    }
    for generator in generators:
        for cls, names in lists.items():
            if isinstance(generator, cls):
                for name in names:
                    yield from getattr(generator, name)


def dress_pages(generators: list[Any]) -> None:
    """Compare what Pelican took with what was checked, and dress each page. Raises EvidenceError on a gap."""
    settings = generators[0].settings
    run = run_of(settings)
    if run.failures:
        raise EvidenceError(run.failures[0])
    contents = list(_contents(generators))
    taken = {run.document(content.source_path).path for content in contents}
    for path, document in run.documents.items():
        if path not in taken and _value(document, "status").lower() != "skip":
            raise EvidenceError(f"{path}: was checked, but the site generator left it out")
    check_attachments(generators, run.project)
    slugs = sorted({content.slug for content in contents if isinstance(content, Page)})
    deal_cards(generators[0].context, contents, run, settings)
    offers = _offers(run, settings)
    context = generators[0].context
    context["EMERGENCY_CARDS"] = emergency_cards(run.documents.values(), run.project.anatomy, run.project.policy)
    alarms = {card.path: card.heading for card in context["EMERGENCY_CARDS"].values()}
    for content in contents:
        _dress(content, run, settings, slugs, offers, alarms)
    show_evidence(context, contents, run)
    list_from_a_to_z(context, contents, run)
    corrected = corrections_of(contents)
    context["OTHER_OPTIONS"] = _other_options(contents, str(settings.get("DEFAULT_LANG", "en")))
    context.update(CORRECTIONS=corrected, CHANGES=changes_of(contents, corrected))
    # What most pages need to know of the others, so that they need not be made again with each of them.
    has = {
        "evidence": bool(context["SHELF"]),
        "search": bool(context["LETTERS"]),
        "glossary": bool(context["GLOSSARY"]),
    }
    context.update(SLUGS=slugs, HAS={**has, "corrections": True})
    offer = run.offers.get(run.project.policy.cta)
    home = offer.made_by(settings.get("CLINIC", {})) if offer else None
    generators[0].context["HOME_CTA"] = home
    run.expect(str(settings.get("INDEX_SAVE_AS", "index.html")), home)
    generators[0].context["IN_FORCE"] = in_force(run.project.policy, (*RULES, *run.project.own_rules))
    if is_public(settings):
        _withhold_drafts(generators)


_OPTIONS = "other options"
_MOST_OPTIONS = 12


def _other_options(contents: list[Any], lang: str) -> list[tuple[str, str, str]]:
    """The parts of articles on other options, as (title, address, language): what an offer on a page without such a part leads to."""
    found = []
    for content in contents:
        document = content.sheet.document
        if document.kind != "article" or content.status != "published" or content.lang != lang:
            continue
        if not any(block.kind is BlockKind.HEADING and _is_options(block.text) for block in document.blocks):
            continue
        id = next((id for id, words in content.contents if _is_options(words)), None)
        if id:
            found.append((str(content.title), f"{content.url}#{id}", lang))
            if len(found) == _MOST_OPTIONS:
                break
    return sorted(found)


def _is_options(words: str) -> bool:
    return words.strip().casefold() == _OPTIONS


def _withhold_drafts(generators: list[Any]) -> None:
    """Drafts may hold claims without sources, so they have no address on the public site, not even an unlisted one."""
    for generator in generators:
        for name in ("drafts", "drafts_translations", "draft_pages", "draft_translations"):
            if hasattr(generator, name):
                setattr(generator, name, [])


def _dress(
    content: Any,
    run: Run,
    settings: Mapping[str, Any],
    slugs: Collection[str],
    offers: Callable[[str], Offer | None],
    alarms: Mapping[str, str],
) -> None:
    document = run.document(content.source_path)
    if document.draft and getattr(content, "status", "") != "draft":
        raise EvidenceError(f"{document.path}: is a draft, and the settings would publish it")
    clinic = settings.get("CLINIC", {})
    content.unchecked = not has_cues(language_of(document, run.project.policy))
    review = run.reviews.get(document.path)
    content.review_line = review.line if review else UNREVIEWED
    content.review_detail = review.detail if review else UNREVIEWED
    content.description = summary(document)
    content.emergency = document.kind == "article" and card_left_out(document) is None
    content.cta = offers(chosen_offer(document, by_topic(run.offers), run.project.policy.cta))
    content.settle()
    run.expect(str(content.save_as), content.cta, card=content.emergency)
    site = str(settings.get("SITEURL", "")).rstrip("/")
    data = {
        "kind": document.kind,
        "url": f"{site}/{content.url}",
        "site_url": site,
        "title": _value(document, "title"),
        "description": content.description,
        "lang": content.lang,
        "published": _day(getattr(content, "date", None)),
        "modified": _day(getattr(content, "modified", None)),
        "publisher": clinic.get("name", settings.get("SITENAME", "")),
        "slugs": slugs,
        "reviewers": [(one.name, one.credentials) for one in review.people] if review else (),
        "reviewed_on": review.first if review else "",
        "trail": _trail(content, site),
        "image": f"{site}/cards/{content.card}" if getattr(content, "card", "") else "",
    }
    alarm = alarms.get(document.path)
    content.alarm = (
        next((id for id, words in run.read[document.path].headings if words == alarm), "") if alarm else ""
    )
    linked = document.kind == "article" and content.lang == settings.get("DEFAULT_LANG", "en")
    up = "../" * str(content.url).count("/") if linked else ""
    content.dress(Sheet(run, document, run.read[document.path], up, linked, data))


def _offers(run: Run, settings: Mapping[str, Any]) -> Callable[[str], Offer | None]:
    """The offers by id, with the clinic's name and addresses filled in."""
    made = {id: offer.made_by(settings.get("CLINIC", {})) for id, offer in run.offers.items()}
    return made.get


def _trail(content: Content, site: str) -> list[tuple[str, str]]:
    """The way here as the page shows it: home, and for an article the topics and its own."""
    home = [("Home", f"{site}/")]
    category = getattr(content, "category", None) if isinstance(content, Article) else None
    if category is None:
        return home
    return [*home, ("Topics", f"{site}/topics/"), (str(category.name), f"{site}/{category.url}")]


def _value(document: Document, name: str) -> str:
    found = document.meta.get(name)
    return found.value if found else ""


def _day(moment: datetime | None) -> str | None:
    return moment.date().isoformat() if moment else None


def plain_feed(context: Mapping[str, Any], feed: Any) -> None:
    """In a feed many articles stand on one page: no ids, markers plain, each article with its own list of sources.

    Each also begins as its page does: who publishes it, what they sell, and who has reviewed it.
    """
    interest = str(context.get("CLINIC", {}).get("interest", ""))
    by_url = {str(article.url): article for article in context.get("articles", ())}
    for item in feed.items:
        article = next((found for url, found in by_url.items() if str(item["link"]).endswith(f"/{url}")), None)
        if item.get("content"):
            body = without_anchors(str(item["content"]))
            review = getattr(article, "review_line", UNREVIEWED)
            opening = f"<p>{escape(f'{interest} {review}.'.strip())}</p>\n"
            item["content"] = opening + body + plain_list(article.references if article else ())
        if item.get("description"):
            item["description"] = without_anchors(str(item["description"]))
