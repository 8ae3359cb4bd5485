"""Every value that crosses a module boundary. Frozen, without behaviour that reads a disk or a clock.

Offsets are 0-based indexes into a Python string, ends exclusive. Lines and columns are 1-based and count
characters of the author's own file, as an editor shows them; an end column is exclusive too.
"""

from __future__ import annotations

from evidence.model.changes import Change, ChangeKind, Changes, Fate, NewSource, SourceChange, Words
from evidence.model.citing import Citation, Cluster, Mode, Scan, Slip
from evidence.model.claims import FRAMES, Basis, Claim, Dismissed, Frame, Rests, Said, Stated, Supported
from evidence.model.documents import Block, BlockKind, Document, Exemption, Mention, Meta, Reference, Segment, Span
from evidence.model.places import Place, Severity
from evidence.model.policy import Anatomy, PageType, Policy
from evidence.model.problems import Baseline, Hit, Passed, Problem, fails
from evidence.model.records import Answer, AnswerState, Failure, Lock, Mark, MarkKind, Record
from evidence.model.reports import Brief, Gist, Report
from evidence.model.rules import BuiltPage, Case, Outline, Rule
from evidence.model.signing import Ledger, Person, Signature, SignOff, SignOffs, SignState
from evidence.model.sources import Fault, Field, Finding, Library, Name, Note, Source
from evidence.model.vocabulary import KINDS, Term, TermUse, Vocabulary

__all__ = [
    "FRAMES",
    "KINDS",
    "Anatomy",
    "Answer",
    "AnswerState",
    "Baseline",
    "Basis",
    "Block",
    "BlockKind",
    "Brief",
    "BuiltPage",
    "Case",
    "Change",
    "ChangeKind",
    "Changes",
    "Citation",
    "Claim",
    "Cluster",
    "Dismissed",
    "Document",
    "Exemption",
    "Failure",
    "Fate",
    "Fault",
    "Field",
    "Finding",
    "Frame",
    "Gist",
    "Hit",
    "Ledger",
    "Library",
    "Lock",
    "Mark",
    "MarkKind",
    "Mention",
    "Meta",
    "Mode",
    "Name",
    "NewSource",
    "Note",
    "Outline",
    "PageType",
    "Passed",
    "Person",
    "Place",
    "Policy",
    "Problem",
    "Record",
    "Reference",
    "Report",
    "Rests",
    "Rule",
    "Said",
    "Scan",
    "Segment",
    "Severity",
    "SignOff",
    "SignOffs",
    "SignState",
    "Signature",
    "Slip",
    "Source",
    "SourceChange",
    "Span",
    "Stated",
    "Supported",
    "Term",
    "TermUse",
    "Vocabulary",
    "Words",
    "fails",
]
