"""Words of advertising: the entries of a lexicon file, the sentences they are looked for in, and what excuses them."""

from evidence.wording.entries import Entry
from evidence.wording.finding import found
from evidence.wording.reading import lexicon, own_entries, read_entries
from evidence.wording.screening import Screen
from evidence.wording.texts import WHERE, texts_of

__all__ = ["WHERE", "Entry", "Screen", "found", "lexicon", "own_entries", "read_entries", "texts_of"]
