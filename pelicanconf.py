"""Settings of the site while it is being written. `publishconf.py` adds what the public site needs."""

import sys

try:
    import evidence
except ImportError as error:
    sys.exit(f"pelicanconf.py: {error}, so nothing would be checked; put plugins/evidence back, then run `make html`")

evidence.guard()  # Pelican must not build this site unchecked, whatever it is told on the command line

PATH = "content"
OUTPUT_PATH = "output"
THEME = "theme"

SITENAME = "Migraine and IV therapy"
SITE_DESCRIPTION = "What is known, and what is not, about drips for migraine: health claims with their sources."
SITEURL = "http://localhost:8000"
ABSOLUTE_SITEURL = SITEURL
RELATIVE_URLS = True
DEFAULT_LANG = "en"
TIMEZONE = "UTC"
DEFAULT_DATE_FORMAT = "%-d %B %Y"

# Who publishes the site. The booking address is a placeholder: `make publish` refuses it.
CLINIC = {
    "name": "Heally",
    "booking_url": "https://booking.example/consultation",
    "phone": "",
    "interest": "Heally publishes this site and sells IV therapy.",
    "report_url": "",
}
AUTHOR = "Heally"

# What the gate checks, and how. The keys are explained in the README; a misspelt one stops the build.
EVIDENCE = {
    "bibliography": ["references.bib"],
    "notes": "content/sources",
    "cta": "consultation",
    "fail_on": "error",
    # Who asks Crossref, PubMed … when sources are verified: an e-mail address, without which nobody is asked.
    "contact": "",
    "retractions": "https://gitlab.com/crossref/retraction-watch-data/-/raw/main/retraction_watch.csv",
}
PELICAN_CLASS = "evidence.GuardedPelican"
PLUGIN_PATHS = ["plugins"]
PLUGINS = ["evidence"]

ARTICLE_PATHS = ["articles"]
PAGE_PATHS = ["pages"]
STATIC_PATHS = ["images"]
USE_FOLDER_AS_CATEGORY = False
DEFAULT_CATEGORY = "About migraine"
READERS = {"html": None, "rst": None}
JINJA_ENVIRONMENT = {"autoescape": True, "trim_blocks": True, "lstrip_blocks": True}

ARTICLE_URL, ARTICLE_SAVE_AS = "{slug}/", "{slug}/index.html"
ARTICLE_LANG_URL, ARTICLE_LANG_SAVE_AS = "{lang}/{slug}/", "{lang}/{slug}/index.html"
DRAFT_URL, DRAFT_SAVE_AS = "drafts/{slug}/", "drafts/{slug}/index.html"
PAGE_URL, PAGE_SAVE_AS = "{slug}/", "{slug}/index.html"
PAGE_LANG_URL, PAGE_LANG_SAVE_AS = "{lang}/{slug}/", "{lang}/{slug}/index.html"
CATEGORY_URL, CATEGORY_SAVE_AS = "topics/{slug}/", "topics/{slug}/index.html"
TAG_URL, TAG_SAVE_AS = "tags/{slug}/", "tags/{slug}/index.html"
AUTHOR_URL, AUTHOR_SAVE_AS = "authors/{slug}/", "authors/{slug}/index.html"
DIRECT_TEMPLATES = ["index", "categories", "tags", "authors", "archives", "sitemap", "styles", "headers", "robots"]
CATEGORIES_SAVE_AS, TAGS_SAVE_AS, AUTHORS_SAVE_AS = "topics/index.html", "tags/index.html", "authors/index.html"
ARCHIVES_SAVE_AS = "archives/index.html"
SITEMAP_SAVE_AS = "sitemap.xml"
STYLES_SAVE_AS, HEADERS_SAVE_AS, ROBOTS_SAVE_AS = "theme/styles.css", "_headers", "robots.txt"
DEFAULT_PAGINATION = 12

FEED_DOMAIN = SITEURL
FEED_ALL_ATOM = "feeds/all.atom.xml"
CATEGORY_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = TRANSLATION_FEED_ATOM = None
