"""Marks that a merge in git left in a file: two versions of the lines around them stand in it, and nobody has chosen."""

from __future__ import annotations

import re

_SIDE = re.compile(r"^(?:<{7}|>{7})(?: |$)", re.MULTILINE)
_MARK = re.compile(r"^(?:[<>|]{7}(?: .*)?|={7})$", re.MULTILINE)
"""A row of `|` or `=` is one only where a side of the merge is marked: alone it is a table's, or the line under a heading."""
FIX = "keep one version and delete the marks"


def merge_marks(text: str) -> list[re.Match[str]]:
    """The marks in a text with line ends `\\n`, in order; each is a whole line."""
    return list(_MARK.finditer(text)) if _SIDE.search(text) else []


def left_over(mark: re.Match[str]) -> str:
    """What is wrong with a mark, for people."""
    return f'"{mark[0][:7]}" is left from a merge: two versions of the lines around it stand in the file'
