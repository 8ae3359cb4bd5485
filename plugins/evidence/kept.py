"""What was made of a value, kept for when the same value is asked about again soon.

`lru_cache` must hash and compare what it is asked about; a block or a document is large, so here it must be the very same object.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import update_wrapper
from typing import Generic, TypeVar

_Of = TypeVar("_Of")
_Made = TypeVar("_Made")


class Kept(Generic[_Of, _Made]):
    """A function of one object that never changes, each result made once, the last so many of them kept."""

    def __init__(self, make: Callable[[_Of], _Made], most: int) -> None:
        self._make = make
        self._most = most
        self._known: dict[int, tuple[_Of, _Made]] = {}
        update_wrapper(self, make)

    def __call__(self, of: _Of) -> _Made:
        """The result. The object is held as long as it is known, so that no other one can take its identity."""
        known = self._known.get(id(of))
        if known is not None:
            return known[1]
        made = self._make(of)
        if len(self._known) >= self._most:
            self._known.clear()
        self._known[id(of)] = of, made
        return made


def kept(most: int) -> Callable[[Callable[[_Of], _Made]], Kept[_Of, _Made]]:
    """Keep the results for the last so many objects; for functions whose objects never change."""
    return lambda make: Kept(make, most)
