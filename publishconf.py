"""Settings of the public site: `make publish`. Stops while an address is empty or a placeholder.

The addresses come from the environment, so that the same checkout can be published anywhere:
SITEURL=https://… BOOKING_URL=https://… REPORT_URL=https://… make publish
"""

import os
import sys
import time
from datetime import UTC, datetime

sys.path.append(os.curdir)
from pelicanconf import *  # noqa: E402, F403
from pelicanconf import CLINIC, EVIDENCE  # noqa: E402

SITEURL = ABSOLUTE_SITEURL = FEED_DOMAIN = os.environ.get("SITEURL", "").rstrip("/")
CLINIC = {
    **CLINIC,
    "booking_url": os.environ.get("BOOKING_URL", CLINIC["booking_url"]),
    "report_url": os.environ.get("REPORT_URL") or CLINIC["report_url"],
}
# The day that the age of sources and of their verification is counted to (SOURCE_DATE_EPOCH: for a build made again).
TODAY = datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH", time.time())), UTC).date().isoformat()
EVIDENCE = {**EVIDENCE, "publish": True, "today": TODAY}
RELATIVE_URLS = False
