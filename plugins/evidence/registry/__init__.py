"""Crossref, DataCite, doi.org, PubMed, Open Library, arXiv and the Retraction Watch file. The network lives here alone."""

from __future__ import annotations

from evidence.registry.client import ADDRESSES, Client, Patience, Trouble
from evidence.registry.looking_up import Identifier, identify, look_up
from evidence.registry.retraction_watch import Notices, load
from evidence.registry.verifying import verify

__all__ = [
    "ADDRESSES",
    "Client",
    "Identifier",
    "Notices",
    "Patience",
    "Trouble",
    "identify",
    "load",
    "look_up",
    "verify",
]
