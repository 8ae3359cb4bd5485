"""What a page is made of: its parts by role, its front matter, its offer, and the HTML that was made of it."""

from evidence.anatomy.card import CARD, EmergencyCard, card_sections, emergency_cards, is_paragraph, is_sign
from evidence.anatomy.choosing import card_left_out, chosen_offer, leads_to, page_type, type_name, weight
from evidence.anatomy.parts import Part, parts_of, role_of
from evidence.anatomy.reading import read_anatomy, standard

__all__ = [
    "CARD",
    "EmergencyCard",
    "Part",
    "card_left_out",
    "card_sections",
    "chosen_offer",
    "emergency_cards",
    "is_paragraph",
    "is_sign",
    "leads_to",
    "page_type",
    "parts_of",
    "read_anatomy",
    "role_of",
    "standard",
    "type_name",
    "weight",
]
