"""How often Python looks for what nobody needs any more."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_YOUNG, _MIDDLE, _OLD = 100_000, 50, 1000


@contextmanager
def seldom() -> Iterator[None]:
    """While a site is checked and built, its documents stay, and are looked through in vain: a fifth of the time of a build. What
    is dropped soon after it was made is found as before."""
    before = gc.get_threshold()
    gc.set_threshold(_YOUNG, _MIDDLE, _OLD)
    try:
        yield
    finally:
        gc.set_threshold(*before)
