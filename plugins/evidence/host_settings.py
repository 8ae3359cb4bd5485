"""Pelican's settings and what each may hold. Pelican itself asks little, and then fails deep inside the build, or goes on without."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib.util import find_spec

from evidence.kinds import (
    Kind,
    address,
    any_of,
    anything,
    file,
    filled,
    flag,
    folder,
    function,
    inside,
    language,
    link_pattern,
    listed,
    named,
    number,
    one_of,
    open_list,
    options,
    or_empty,
    or_none,
    parts,
    path,
    pattern,
    table,
    text,
    title,
    yes_or_no,
)

_FRONT_MATTER = "title date slug status category tags author authors summary description modified lang template path"
_CONTENT = frozenset(_FRONT_MATTER.split())
_NAMED = frozenset(("name", "slug", "page_name"))
_PAGES = frozenset(("name", "extension", "number", "base_name", "save_as", "url"))
_PAIRS = listed(parts(pattern, text, what="a pair"), 'pairs such as ("[^a-z]", "-")')
_RULE = 'rules such as (2, "{base_name}/{number}/", "{base_name}/{number}/index.html")'
_RULES = listed(parts(number(0), address(_PAGES), address(_PAGES), what="a rule"), _RULE)
_DAY = any_of(
    one_of("fs"),
    lambda value: "" if isinstance(value, str) and re.fullmatch(r"\d{4}-[01]\d-[0-3]\d", value) else "must be a day",
    lambda value: (
        "" if isinstance(value, tuple) and 3 <= len(value) <= 6 and set(map(type, value)) == {int} else "no"
    ),
)

_ENDS_EARLY = re.compile(r"%(?!-?.)")


def _form_of_dates(value: object) -> str:
    """Pelican puts the parts of a date in the place of each `%` and the letter behind it."""
    ends_early = isinstance(value, str) and _ENDS_EARLY.search(re.sub("%-?.", "", value))
    return 'has a "%" without a letter behind it; write it as in "%d %B %Y"' if ends_early else text(value)


def _typography(value: object) -> str:
    """Pelican fails over each article where it lacks what it needs for this."""
    missing = [one for one in ("typogrify", "smartypants") if value and find_spec(one) is None]
    return flag(value) or (f"needs the package {missing[0]}, which is not installed" if missing else "")


def _each(names: str, kind: Kind) -> dict[str, Kind]:
    return dict.fromkeys(names.split(), kind)


_JINJA: Mapping[str, Kind] = {
    **_each("block_start_string block_end_string variable_start_string variable_end_string", filled),
    **_each("comment_start_string comment_end_string", filled),
    **_each("line_statement_prefix line_comment_prefix", or_none(filled)),
    **_each("trim_blocks lstrip_blocks keep_trailing_newline optimized auto_reload", flag),
    "newline_sequence": one_of("\n", "\r\n", "\r"),
    "extensions": listed(any_of(text, function)),
    "undefined": function,
    "finalize": or_none(function),
    "autoescape": any_of(flag, function),
    "cache_size": number(-1),
}
HOST: Mapping[str, Kind] = {
    **_each("SITE_DESCRIPTION SITEURL ABSOLUTE_SITEURL FEED_DOMAIN", text),
    "DEFAULT_DATE_FORMAT": _form_of_dates,
    **_each("SUMMARY_END_SUFFIX TIMEZONE BIND OUTPUT_SOURCES_EXTENSION", text),
    "SLUGIFY_SOURCE": one_of("title", "basename"),
    "CHECK_MODIFIED_METHOD": one_of("mtime", "md5", "sha1", "sha256", "sha512"),
    "CONTENT_CACHING_LAYER": one_of("reader", "generator"),
    "TYPOGRIFY_DASHES": one_of("default", "oldschool", "oldschool_inverted"),
    **_each("SITENAME SITESUBTITLE", title),
    "DEFAULT_LANG": language,
    "DEFAULT_CATEGORY": named,
    "AUTHOR": or_none(named),
    "CSS_FILE": or_none(text),
    **_each("OUTPUT_PATH THEME CACHE_PATH", path),
    "PATH": folder,
    **_each("ARTICLE_PATHS PAGE_PATHS STATIC_PATHS IGNORE_FILES PLUGIN_PATHS", listed(path)),
    **_each("THEME_TEMPLATES_OVERRIDES TEMPLATE_EXTENSIONS STATIC_EXCLUDES", listed(path)),
    **_each("ARTICLE_EXCLUDES PAGE_EXCLUDES", open_list(path)),
    **_each("OUTPUT_RETENTION DIRECT_TEMPLATES THEME_STATIC_PATHS", listed(inside)),
    "THEME_STATIC_DIR": inside,
    **_each("FORMATTED_FIELDS TYPOGRIFY_IGNORE_TAGS TYPOGRIFY_OMIT_FILTERS", listed(text)),
    "LOCALE": any_of(text, listed(text)),
    "LOG_FILTER": listed(parts(number(0), text, what="a pair"), "pairs of a level and a text"),
    **_each("STATIC_EXCLUDE_SOURCES RSS_FEED_SUMMARY_ONLY FEED_APPEND_REF DISPLAY_PAGES_ON_MENU", flag),
    **_each("DISPLAY_CATEGORIES_ON_MENU OUTPUT_SOURCES USE_FOLDER_AS_CATEGORY WITH_FUTURE_DATES", flag),
    **_each("DELETE_OUTPUT_DIRECTORY STATIC_CREATE_LINKS", flag),
    **_each("STATIC_CHECK_IF_MODIFIED RELATIVE_URLS SLUGIFY_USE_UNICODE SLUGIFY_PRESERVE_CASE", flag),
    **_each("CACHE_CONTENT GZIP_CACHE LOAD_CONTENT_CACHE DEBUG", flag),
    **_each("REVERSE_CATEGORY_ORDER NEWEST_FIRST_ARCHIVES", yes_or_no),
    "TYPOGRIFY": _typography,
    "STATIC_SAVE_AS": lambda value: file(value) if value == "" else address(_CONTENT, file)(value),
    **_each("FEED_MAX_ITEMS SUMMARY_MAX_LENGTH SUMMARY_MAX_PARAGRAPHS", or_none(number(1))),
    "DEFAULT_PAGINATION": or_none(number(0)),
    "DEFAULT_ORPHANS": number(0),
    "PORT": number(0, 65_535),
    **_each("ARTICLE_ORDER_BY PAGE_ORDER_BY", or_none(any_of(text, function))),
    **_each("ARTICLE_TRANSLATION_ID PAGE_TRANSLATION_ID", or_none(any_of(text, listed(text)))),
    **_each("FILENAME_METADATA PATH_METADATA", pattern),
    "INTRASITE_LINK_REGEX": link_pattern,
    "DEFAULT_DATE": or_none(lambda value: _DAY(value) and 'must be "fs", or a day such as "2026-11-24"'),
    **_each("SLUG_REGEX_SUBSTITUTIONS CATEGORY_REGEX_SUBSTITUTIONS TAG_REGEX_SUBSTITUTIONS", _PAIRS),
    "AUTHOR_REGEX_SUBSTITUTIONS": _PAIRS,
    "PAGINATION_PATTERNS": lambda value: _RULES(value) or ("" if value else f"must hold {_RULE}"),
    "PAGINATED_TEMPLATES": table(
        or_none(number(1)), 'names of templates to numbers of entries, such as {"index": 12}'
    ),
    "DATE_FORMATS": table(
        any_of(_form_of_dates, parts(text, _form_of_dates, what="a pair")),
        'languages to formats, such as {"en": "%d %B %Y"}',
    ),
    "DEFAULT_METADATA": table(text, 'fields to texts, such as {"category": "Drips"}'),
    "EXTRA_PATH_METADATA": table(
        table(inside, "texts"), 'paths to fields, such as {"extra/robots.txt": {"path": "robots.txt"}}'
    ),
    "READERS": table(anything, 'endings of files to readers, such as {"rst": None}'),
    **_each("DOCUTILS_SETTINGS MARKDOWN PYGMENTS_RST_OPTIONS", or_none(table(anything, "texts to options"))),
    "JINJA_ENVIRONMENT": options(_JINJA, '{"autoescape": True}'),
    **_each("JINJA_FILTERS JINJA_TESTS", table(function, "names to functions")),
    "JINJA_GLOBALS": table(anything, "names to values"),
    **_each("TEMPLATE_PAGES PELICAN_CLASS PLUGINS EVIDENCE CLINIC", anything),
}
"""By name: what the setting may hold. The last ones are looked at elsewhere."""
OF_CODE = frozenset(
    (
        "JINJA_FILTERS",
        "JINJA_TESTS",
        "JINJA_GLOBALS",
        "JINJA_ENVIRONMENT",
        "READERS",
        "ARTICLE_ORDER_BY",
        "PAGE_ORDER_BY",
    )
)
"""Settings that may hold functions, of which it cannot be told whether they are the same as the last time. No check hangs on them."""
_ADDRESSES: tuple[tuple[re.Pattern[str], frozenset[str]], ...] = (
    (re.compile(r"(?:ARTICLE|PAGE|DRAFT|DRAFT_PAGE|STATIC)_(?:LANG_)?"), _CONTENT),
    (re.compile(r"(?:CATEGORY|TAG|AUTHOR)_"), _NAMED),
    (re.compile(r"(?:YEAR|MONTH|DAY)_ARCHIVE_"), frozenset({"date"})),
    (re.compile(r"(?:CATEGORY|TAG|AUTHOR)_FEED_(?:ATOM|RSS)(?:_URL)?"), frozenset({"slug"})),
    (re.compile(r"TRANSLATION_FEED_(?:ATOM|RSS)(?:_URL)?"), frozenset({"lang"})),
    (re.compile(r"FEED(?:_ALL)?_(?:ATOM|RSS)(?:_URL)?"), frozenset()),
)
_OLD = {
    **{"PLUGIN_PATH": "PLUGIN_PATHS", "ARTICLE_DIR": "ARTICLE_PATHS", "PAGE_DIR": "PAGE_PATHS"},
    **{"JINJA_EXTENSIONS": "JINJA_ENVIRONMENT", "EXTRA_TEMPLATES_PATHS": "THEME_TEMPLATES_OVERRIDES"},
    **{"MD_EXTENSIONS": "MARKDOWN", "PAGINATED_DIRECT_TEMPLATES": "PAGINATED_TEMPLATES", "CLEAN_URLS": "ARTICLE_URL"},
    **{f"{one}_SUBSTITUTIONS": f"{one}_REGEX_SUBSTITUTIONS" for one in ("SLUG", "CATEGORY", "TAG", "AUTHOR")},
    **{
        "ARTICLE_PERMALINK_STRUCTURE": "ARTICLE_URL and ARTICLE_SAVE_AS",
        "FEED": "FEED_ATOM",
        "TAG_FEED": "TAG_FEED_ATOM",
    },
    **{"CATEGORY_FEED": "CATEGORY_FEED_ATOM", "TRANSLATION_FEED": "TRANSLATION_FEED_ATOM"},
    **{
        "FILES_TO_COPY": "STATIC_PATHS",
        "LESS_GENERATOR": "DIRECT_TEMPLATES",
        "AUTORELOAD_IGNORE_CACHE": "CACHE_CONTENT",
    },
}
"""Names that Pelican still takes for others, with those. The check does not know them."""
_STANDARD = "ARTICLE_PERMALINK_STRUCTURE"
"""The one of them that Pelican sets itself, to nothing."""


def kind_of(name: str) -> Kind | None:
    """What a setting of Pelican's may hold; None if Pelican and the theme know none of this name."""
    if name in HOST:
        return HOST[name]
    for start, names in _ADDRESSES:
        rest = start.match(name)
        if rest and name[rest.end() :] in ("URL", "SAVE_AS", ""):
            return address(names, text if name.endswith("_URL") else file)
    if name.endswith(("_SAVE_AS", "_URL")):
        return or_empty(file if name.endswith("_SAVE_AS") else text)
    return None


def instead_of(name: str, value: object) -> str:
    """The setting that has taken the place of one; "" if it is none that Pelican has given up."""
    return _OLD.get(name, "") if value or name != _STANDARD else ""
