"""Folders that may not be read: what is in them must not be missing from a site that passes for checked."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import pytest
from evidence.cli import main
from little_sites import Site

MakeSite = Callable[..., Site]


@pytest.mark.parametrize("folder", ["content/articles", "content/sources", "content/reviews"])
def test_a_folder_that_may_not_be_read_ends_the_run(
    site: MakeSite, folder: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The superuser may read everything, so the refusal is played."""
    made = site()
    (made.root / folder).mkdir(exist_ok=True)
    real = os.scandir

    def refused(path: Any = ".") -> Any:
        if str(path).endswith(folder):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr("os.scandir", refused)
    monkeypatch.chdir(made.root)
    told = f'evidence: the folder "{folder}" cannot be read: Permission denied; check who may read it\n'
    assert (main(["check"]), capsys.readouterr().err) == (2, told)
