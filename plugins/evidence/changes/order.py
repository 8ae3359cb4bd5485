"""What moved within a list: all that is not part of the longest run that kept its order."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence


def out_of_order(numbers: Sequence[int]) -> set[int]:
    """The fewest of these distinct numbers without which the others ascend. n log n."""
    ends: list[int] = []
    at: list[int] = []
    previous: list[int] = []
    for index, number in enumerate(numbers):
        length = bisect_left(ends, number)
        previous.append(at[length - 1] if length else -1)
        if length == len(ends):
            ends.append(number)
            at.append(index)
        else:
            ends[length], at[length] = number, index
    kept: set[int] = set()
    index = at[-1] if at else -1
    while index >= 0:
        kept.add(numbers[index])
        index = previous[index]
    return set(numbers) - kept
