"""Results kept for objects that are asked about again: made once for each object, and never mistaken for another's."""

from __future__ import annotations

from evidence.kept import kept


def test_each_object_is_worked_on_once() -> None:
    asked: list[list[int]] = []

    @kept(most=10)
    def total(numbers: list[int]) -> int:
        """The sum."""
        asked.append(numbers)
        return sum(numbers)

    one, alike = [1, 2], [1, 2]
    assert [total(one), total(one), total(alike), total(one)] == [3, 3, 3, 3]
    assert len(asked) == 2
    assert asked[0] is one
    assert asked[1] is alike
    assert total.__doc__ == "The sum."


def test_what_is_gone_lends_its_result_to_nobody() -> None:
    @kept(most=3)
    def first(words: list[str]) -> str:
        return words[0]

    for number in range(1_000):  # most of these stand where one before them stood
        assert first([str(number)]) == str(number)
