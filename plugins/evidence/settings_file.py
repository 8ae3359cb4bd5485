"""The settings file, run as Pelican runs it."""

from __future__ import annotations

import runpy
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from evidence.errors import SettingsError

SETTINGS = "pelicanconf.py"


def load_settings(path: Path) -> dict[str, Any]:
    """The upper-case names of a settings file. Raises SettingsError with the line if it cannot be run."""
    if not path.is_file():
        raise SettingsError(
            f'there is no settings file "{path}"; run this in the project\'s folder, or give --settings'
        )
    sys.path.insert(0, str(path.resolve().parent))
    try:
        names = runpy.run_path(str(path))
    except SystemExit as stop:
        raise SettingsError(f"{path.name} stopped: {stop}") from stop
    except SyntaxError as error:
        line = f":{error.lineno}" if error.lineno else ""
        raise SettingsError(f"{path.name}{line}: {error.msg}") from error
    except Exception as error:
        line = next((f":{frame.lineno}" for frame in reversed(_frames(error)) if frame.filename == str(path)), "")
        raise SettingsError(f"{path.name}{line}: {type(error).__name__}: {error}") from error
    finally:
        sys.path.pop(0)
    return {name: value for name, value in names.items() if name.isupper()}


def _frames(error: BaseException) -> Sequence[Any]:
    import traceback

    return traceback.extract_tb(error.__traceback__)
