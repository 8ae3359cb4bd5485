"""Settings of the public site: `make publish`. Stops while an address is empty or a placeholder.

The addresses come from the environment, so that the same checkout can be published anywhere:
SITEURL=https://… BOOKING_URL=https://… make publish
"""

import os
import sys

sys.path.append(os.curdir)
from pelicanconf import *  # noqa: E402, F403
from pelicanconf import CLINIC, EVIDENCE  # noqa: E402

SITEURL = ABSOLUTE_SITEURL = FEED_DOMAIN = os.environ.get("SITEURL", "").rstrip("/")
CLINIC = {**CLINIC, "booking_url": os.environ.get("BOOKING_URL", CLINIC["booking_url"])}
EVIDENCE = {**EVIDENCE, "publish": True}
RELATIVE_URLS = False

# Drafts are checked leniently, so they are no part of the public site.
DRAFT_SAVE_AS = DRAFT_LANG_SAVE_AS = DRAFT_PAGE_SAVE_AS = DRAFT_PAGE_LANG_SAVE_AS = ""
