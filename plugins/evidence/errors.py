"""Errors that end a run: they mean "could not check", which is never the same as "nothing wrong"."""

from __future__ import annotations


class EvidenceError(Exception):
    """The run cannot go on. The message is one line for the person who must mend it; the exit code is 2."""

    exitcode = 2


class SettingsError(EvidenceError):
    """A setting is missing, misspelt or of the wrong kind."""


class UnreadableError(EvidenceError):
    """A file that everything else depends on, such as the bibliography, cannot be read."""


class BuildBlocked(EvidenceError):
    """The content was checked and has problems: nothing may be published. The exit code is 1."""

    exitcode = 1
