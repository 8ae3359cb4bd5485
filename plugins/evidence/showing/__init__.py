"""What readers may see of the evidence: the sources with all that rests on them, and the claims by what they are about.

Pure: the report and the addresses of the published pages go in, values for the theme come out. Only sentences of
published pages that cite a source are shown; nothing is said of a finding that the citation does not settle.
"""

from __future__ import annotations

from evidence.showing.rows import Row, Rows, rows_of, sentences_of
from evidence.showing.shelves import FITTING, Later, shelf, slugs
from evidence.showing.shown import (
    NEVER,
    Basis,
    OutcomeGroup,
    PublishedPage,
    Sentence,
    Shelf,
    ShownSource,
    Told,
    TreatmentGroup,
)
from evidence.showing.telling import Bases, findings_cited

__all__ = [
    "FITTING",
    "NEVER",
    "Bases",
    "Basis",
    "Later",
    "OutcomeGroup",
    "PublishedPage",
    "Row",
    "Rows",
    "Sentence",
    "Shelf",
    "ShownSource",
    "Told",
    "TreatmentGroup",
    "findings_cited",
    "rows_of",
    "sentences_of",
    "shelf",
    "slugs",
]
