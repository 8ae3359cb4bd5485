"""A run of some tests in a copy, by itself: `python anew.py COPY FILE`, with a JSON list of their names. For `mutate.py`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from reached import asked, settle


class Only:
    """Takes the named tests, in that order."""

    def __init__(self, names: list[str]) -> None:
        self.names = {name: at for at, name in enumerate(names)}

    def pytest_collection_modifyitems(self, items: list[Any]) -> None:
        items[:] = sorted((one for one in items if one.nodeid in self.names), key=lambda one: self.names[one.nodeid])


if __name__ == "__main__":
    copy, listed = Path(sys.argv[1]), Path(sys.argv[2])
    settle(copy)
    names = json.loads(listed.read_text())
    files = list(dict.fromkeys(name.partition("::")[0] for name in names))
    sys.exit(pytest.main(["-x", "-rfE", *asked(copy.parent / "anew", files)], [Only(names)]))
