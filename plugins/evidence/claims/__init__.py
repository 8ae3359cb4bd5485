"""Which sentences claim something about health, of what kind, and by which of their words."""

from evidence.claims.cues import Cues, has_cues, load_cues
from evidence.claims.detection import Verdict, detect, score
from evidence.claims.gaps import is_gap, is_indirect_question
from evidence.claims.on_page import detect_on_page
from evidence.claims.results import is_verdict

__all__ = [
    "Cues", "Verdict", "detect", "detect_on_page", "has_cues", "is_gap", "is_indirect_question", "is_verdict", "load_cues", "score",
]  # fmt: skip
