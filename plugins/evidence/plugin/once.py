"""Macros of the theme that are asked the same thing for many pages answer once."""

from __future__ import annotations

from typing import Any

_MOST = 40_000


class Once:
    """Calls a macro with things that do not change; the second time it is the very same things, their text is known."""

    def __init__(self) -> None:
        self._known: dict[tuple[object, ...], tuple[object, Any]] = {}

    def __call__(self, macro: Any, *given: Any) -> Any:
        """What the macro makes of what it is given. Texts are the same if their words are, all else if it is one and the same."""
        kind = (id(macro), *((type(one), one) if isinstance(one, str) else id(one) for one in given))
        known = self._known.get(kind)
        if known is None:
            if len(self._known) >= _MOST:
                self._known.clear()
            # What was given is held, so that nothing else can get its identity.
            self._known[kind] = known = (macro, given), macro(*given)
        return known[1]
