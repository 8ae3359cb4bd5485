"""Which sentences claim something about health, of what kind, and by which of their words."""

from evidence.claims.cues import Cues, has_cues, load_cues
from evidence.claims.detection import Verdict, detect, score
from evidence.claims.on_page import detect_on_page

__all__ = ["Cues", "Verdict", "detect", "detect_on_page", "has_cues", "load_cues", "score"]
