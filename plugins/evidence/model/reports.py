"""All that one run found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from evidence.model.changes import Changes
from evidence.model.claims import Claim, Supported
from evidence.model.documents import Document
from evidence.model.places import Severity
from evidence.model.policy import Policy
from evidence.model.problems import Baseline, Problem, fails
from evidence.model.rules import Rule
from evidence.model.signing import Ledger, SignOffs
from evidence.model.sources import Library


@dataclass(frozen=True, slots=True)
class Gist:
    """What the report in sum, and the rules that look at several documents at once, need of one document.

    `cited`, `uncited` and `exempt` are numbers of claims, `exempted` says which ones the exempt are; `day` is the newest of its
    days. `problems` are those of the rules that look at one document, in order. `gathered` is, by code, what the others gathered.
    """

    kind: str
    draft: bool
    cited: int
    uncited: int
    exempt: int
    citations: int
    day: str
    problems: tuple[Problem, ...] = ()
    exempted: tuple[int, ...] = ()
    gathered: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Brief:
    """What the report in sum tells: all problems, with the texts of the files they point into, and counts."""

    problems: tuple[Problem, ...]
    texts: Mapping[str, str]
    counts: Mapping[str, int]
    """By what is counted: `files`, `articles`, `claims`, `cited`, `uncited`, `exempt`, `citations`, `sources`."""
    fail_on: Severity

    @property
    def failed(self) -> bool:
        """As of a report."""
        return fails(self.problems, self.fail_on)


@dataclass(frozen=True, slots=True)
class Report:
    """All that one run found. Formats only arrange it. `texts` holds the files that problems point into.

    `rules` are the codes of the rules that were run; `supported` the cited claims with their findings.
    """

    documents: tuple[Document, ...]
    library: Library
    claims: tuple[Claim, ...]
    problems: tuple[Problem, ...]
    fail_on: Severity
    texts: Mapping[str, str] = field(default_factory=dict)
    rules: tuple[str, ...] = ()
    supported: tuple[Supported, ...] = ()
    changes: Changes | None = None
    """What is new since an earlier revision; None if it was compared with none."""
    own_rules: tuple[Rule, ...] = ()
    """The rules that the site adds to those of the package."""
    policy: Policy = field(default_factory=lambda: Policy())
    """What the settings asked for in this run."""
    ledger: Ledger | None = None
    """Who may sign and who signed what; None if nobody looked."""
    signoffs: SignOffs = SignOffs()
    baseline: Baseline | None = None
    """The problems that the site lets pass; None if it has no baseline."""

    @property
    def failed(self) -> bool:
        """True if a problem reaches the failing severity: nothing may be published."""
        return fails(self.problems, self.fail_on)
