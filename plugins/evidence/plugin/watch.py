"""What Pelican logs and raises → one line for the person who must mend it, and an exit code that says so."""

from __future__ import annotations

import logging
import re
import sys
import traceback
from collections.abc import Mapping
from pathlib import Path
from posixpath import normpath
from typing import Any

from evidence.console import tell, visible
from evidence.errors import EvidenceError, SettingsError
from evidence.host import check_host

_READING_AND_WRITING = (
    "pelican.cache",
    "pelican.contents",
    "pelican.generators",
    "pelican.paginator",
    "pelican.readers",
    "pelican.urlwrappers",
    "pelican.utils",
    "pelican.writers",
)
_HARMLESS = ("Empty alt attribute",)
"""An empty alternative text is how a picture that only decorates is marked."""


class Watch(logging.Handler):
    """Collects what Pelican logs as an error, and its warnings while pages are read and written: a link to a missing
    file, a file that could not be copied for want of space. Pelican would go on. Works also when Pelican is quiet."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []
        self._loggers = [logging.getLogger(name) for name in ("pelican", *_READING_AND_WRITING)]
        self._root = logging.getLogger()

    def __enter__(self) -> Watch:
        self._levels = [(logger, logger.level) for logger in (*self._loggers, self._root)]
        for logger in (self._loggers[0], self._root):
            logger.setLevel(min(logger.level or logging.WARNING, logging.WARNING))
        self._quiet = [(handler, handler.level) for handler in self._root.handlers]
        for handler, level in self._quiet:
            handler.setLevel(max(level, self._levels[0][1]))
        self._root.addHandler(self)
        return self

    def __exit__(self, *_: object) -> None:
        self._root.removeHandler(self)
        for handler, level in self._quiet:
            handler.setLevel(level)
        for logger, level in self._levels:
            logger.setLevel(level)

    def emit(self, record: logging.LogRecord) -> None:
        message = " ".join(record.getMessage().split())
        if record.levelno < logging.ERROR and (
            record.name not in _READING_AND_WRITING or message.startswith(_HARMLESS)
        ):
            return
        cause = sys.exc_info()[1]  # Pelican logs from where it catches, mostly without saying what it caught
        self.messages.append(f"{message}: {in_one_line(cause)}" if cause else message)


def in_one_line(error: BaseException) -> str:
    """The error in one line, with the line of the template or of the settings if they were at work. Our own errors speak for themselves."""
    text = " ".join(str(error).split())
    if isinstance(error, EvidenceError):
        return text
    where = _line(error)
    return f"{where}{type(error).__name__}: {text}" if text else f"{where}{type(error).__name__}"


def _line(error: BaseException) -> str:
    frames = [(frame.filename, frame.lineno) for frame in traceback.extract_tb(error.__traceback__)]
    frames.append((str(getattr(error, "filename", "")), getattr(error, "lineno", None)))
    for name, line in reversed(frames):
        path = Path(name)
        if line and path.suffix in {".html", ".xml"} and "templates" in path.parts:
            return f"{'/'.join(path.parts[path.parts.index('templates') :])}:{line}: "
        if line and path.name.endswith("conf.py"):
            return f"{path.name}:{line}: "
    return ""


_NAMES: list[Mapping[str, Any]] = []
"""Of the settings file that Pelican has run. It goes on to change what they say, or fails over it without a name."""


def remember_settings(names: Mapping[str, Any]) -> None:
    """Keep hold of the names of the settings file while it is still being run."""
    _NAMES[:] = [names]


def check_settings_file() -> None:
    """Raises SettingsError for the first setting in the file that cannot be as it is."""
    for names in _NAMES:
        check_host({name: value for name, value in names.items() if name.isupper()})


def _wrong_setting() -> SettingsError | None:
    try:
        check_settings_file()
    except SettingsError as error:
        return error
    return None


_SAYS = {
    "Defaulting to slug order": "ARTICLE_ORDER_BY or PAGE_ORDER_BY",
    "Error sorting with function": "ARTICLE_ORDER_BY or PAGE_ORDER_BY",
    "_page' is undefined": "PAGINATED_TEMPLATES, which must name all templates that the theme divides into pages",
    "You need to specify a path": "PATH",
    "[templates] unable to load": "DIRECT_TEMPLATES, TEMPLATE_EXTENSIONS or THEME",
    "as 'translation_id'": "ARTICLE_TRANSLATION_ID or PAGE_TRANSLATION_ID",
}
"""What Pelican says of settings without naming them."""


def with_setting(text: str) -> str:
    """What the build met, with the setting to change, if it is known that it is one."""
    name = next((name for said, name in _SAYS.items() if said in text), "") or _of_one_file(text)
    return f"{text}; change the setting {name}" if name else text


_WRITTEN_TWICE = re.compile(r'Failed to overwrite "([^"]*)"')


def _of_one_file(text: str) -> str:
    """The settings that give all pages or feeds of a kind the one file that was to be written twice; empty if it is no such file."""
    twice = _WRITTEN_TWICE.search(text)
    file = f"/{twice[1]}" if twice else ""
    names = {
        name: None
        for given in _NAMES
        for name, value in given.items()
        if _GIVES_FILES.fullmatch(name) and isinstance(value, str) and value and file.endswith(f"/{normpath(value)}")
    }
    return f"{' or '.join(names)}, so that each page has a file of its own" if names else ""


_GIVES_FILES = re.compile(r"[A-Z_]+_SAVE_AS|[A-Z_]*FEED_[A-Z_]+")


def _untraced(record: logging.LogRecord) -> bool:
    """Pelican shows where in its code a function of the settings failed."""
    if not logging.getLogger("pelican").isEnabledFor(logging.DEBUG):
        record.exc_info = record.exc_text = None
    return True


def _plain(record: logging.LogRecord) -> bool:
    """Where in the program an error was raised helps nobody who writes or publishes, unless they ask with --debug."""
    raised = record.exc_info[1] if isinstance(record.exc_info, tuple) else None
    ours = next((one for one in record.args or () if isinstance(one, EvidenceError)), None)
    error = raised or ours
    if error is None or logging.getLogger("pelican").isEnabledFor(logging.DEBUG):
        return True
    record.exc_info = record.exc_text = None
    if record.levelno != logging.CRITICAL and not ours:
        return True
    # Said as `evidence` says it, and not by Pelican's log, which would add the line of Pelican that logged it.
    known = None if isinstance(error, EvidenceError) else _wrong_setting()
    tell(f"evidence: {visible(with_setting(in_one_line(known or error)))}\n")
    # Pelican asks the error for its exit code after logging it: 2 is "could not run", as for `evidence`.
    if isinstance(error, Exception) and not hasattr(error, "exitcode"):
        error.exitcode = 2  # type: ignore[attr-defined]
    return False


def speak_plainly() -> None:
    """From now on Pelican's log tells errors in one line, and Pelican exits with 2 when it could not run."""
    logger = logging.getLogger("pelican")
    if _plain not in logger.filters:
        logger.addFilter(_plain)
        for name in _READING_AND_WRITING:
            logging.getLogger(name).addFilter(_untraced)
    logging.raiseExceptions = logger.isEnabledFor(logging.DEBUG)  # of a text that no terminal shows
