"""Work in several processes: whatever becomes of one of them, the report is that of a single one."""

from __future__ import annotations

import os
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from changing_sites import TEXTS
from evidence import crew, folded, judging
from evidence.brief import brief
from evidence.crew import beforehand, processes, shared
from evidence.memory import NOTHING, Memory, code_key
from evidence.model import Document
from evidence.project import check_project, content_files, load_settings, project_from, read_documents
from evidence.reports import FORMATS, text
from little_sites import Site, site
from samples import HEAD

__all__ = ["site"]
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="one process is all there is")
HERE = os.getpid()


@pytest.fixture(autouse=True, params=[1, 10_000], ids=["as many", "as few"])
def _several(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A site is taken for a large one, and for a small one."""
    monkeypatch.setattr(crew, "MANY", request.param)
    monkeypatch.setattr(folded, "MANY", request.param)
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.delenv("EVIDENCE_CACHE", raising=False)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1, 2})
    code_key.cache_clear()
    yield
    code_key.cache_clear()


def articles(number: int) -> dict[str, str]:
    sentence = "Fluids cure migraine in {} of 10 people [@jones2019fluid].\n"
    return {f"content/articles/a{n}.md": HEAD + sentence.format(n % 9) for n in range(number)}


def reports(little: Site, *, remember: bool) -> tuple[str, str]:
    """As JSON, and in sum."""
    project = project_from(load_settings(little.root / "pelicanconf.py"), little.root)
    in_sum = brief(project)
    project = project if remember else replace(project, memory=NOTHING)
    report = check_project(project, read_documents(project, content_files(project)))
    told = text.render(report)
    assert in_sum is None or text.render_brief(in_sum) == told
    return FORMATS["json"](report), told


@pytest.fixture
def little(site: Callable[..., Site]) -> Site:
    return site({**TEXTS, **articles(20)})


@pytest.fixture
def sound(little: Site, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """What a single process tells."""
    with monkeypatch.context() as patch:
        patch.setattr(crew, "FEWEST", 1_000)
        patch.setenv("EVIDENCE_CACHE", "0")
        return reports(little, remember=False)


@pytest.mark.parametrize("remember", [True, False])
def test_several_processes_tell_the_same(little: Site, sound: tuple[str, str], remember: bool) -> None:
    assert processes(22) == 3
    assert reports(little, remember=remember) == sound
    assert "EV401" in sound[1]


def test_the_work_is_done_in_the_others(little: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    here: list[str] = []
    own = judging._judged

    def noting(document: Document, *others: object) -> object:
        here.append(document.path)
        return own(document, *others)  # type: ignore[arg-type]

    monkeypatch.setattr(judging, "_judged", noting)
    reports(little, remember=True)
    assert len(here) == (0 if crew.MANY == 1 else 1)


FATES: dict[str, Callable[[], object]] = {
    "killed": lambda: os.kill(os.getpid(), signal.SIGKILL),
    "out of memory": lambda: (_ for _ in ()).throw(MemoryError),
    "ended": lambda: os._exit(0),
    "stopped": lambda: (_ for _ in ()).throw(KeyboardInterrupt),
}


@pytest.mark.parametrize("remember", [True, False])
@pytest.mark.parametrize("fate", FATES.values(), ids=FATES.keys())
def test_what_a_process_leaves_undone_is_done_here(
    little: Site, sound: tuple[str, str], fate: Callable[[], object], remember: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = judging._judged

    def failing(document: Document, *others: object) -> object:
        if os.getpid() != HERE and document.path.endswith(("5.md", "7.md")):
            fate()
        return own(document, *others)  # type: ignore[arg-type]

    monkeypatch.setattr(judging, "_judged", failing)
    assert reports(little, remember=remember) == sound


def test_a_process_that_has_done_much_is_followed_by_another(
    little: Site, sound: tuple[str, str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    own, noted = judging._judged, tmp_path / "noted"
    noted.mkdir()

    def noting(document: Document, *others: object) -> object:
        (noted / f"{Path(document.path).stem} {os.getpid()}").touch()
        return own(document, *others)  # type: ignore[arg-type]

    monkeypatch.setattr(judging, "_judged", noting)
    monkeypatch.setattr(crew, "_AT_MOST", 2)
    assert reports(little, remember=True) == sound
    done = Counter(one.name.split()[1] for one in noted.iterdir())
    assert sum(done.values()) == len(list((little.root / "content").rglob("*.md"))), "each once"
    assert max(done.values()) <= 2
    assert len(done) >= 10


def test_what_the_others_took_is_counted_as_time_of_this_run(little: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    own, begun = crew._started, []

    def noting(*work: Callable[..., bool | None], leads: bool = False) -> tuple[int, int] | None:
        started = own(*work, leads=leads)
        begun.extend([started[1]] if started else [])
        return started

    monkeypatch.setattr(crew, "_started", noting)
    reports(little, remember=True)
    assert begun
    for process in begun:
        with pytest.raises(ChildProcessError):  # it has been waited for
            os.waitpid(process, os.WNOHANG)


def test_where_no_process_can_be_started_the_work_is_done_here(
    little: Site, sound: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused() -> int:
        raise BlockingIOError

    monkeypatch.setattr(os, "fork", refused)
    assert reports(little, remember=True) == sound


def test_no_process_is_left_after_the_keyboard_stopped_the_run(tmp_path: Path) -> None:
    def work(number: int) -> None:
        if os.getpid() != HERE:
            (tmp_path / str(os.getpid())).touch()
        time.sleep(number / 100)

    def stop() -> None:
        if len(list(tmp_path.iterdir())) >= 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        beforehand(work, range(1, 100), stop)
    started = [int(one.name) for one in tmp_path.iterdir()]
    assert len(started) >= 3
    until = time.monotonic() + 20
    while any(map(_runs, started)) and time.monotonic() < until:
        time.sleep(0.01)
    assert not any(map(_runs, started))


def _runs(process: int) -> bool:
    """Whether there is such a process that is more than the memory of one that ended."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_those_that_were_started_end_with_the_one_that_started_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew, "MANY", 1)
    done: list[int] = []

    def work(number: int) -> None:
        if os.getpid() != HERE and number == 5:
            os.kill(os.getppid(), signal.SIGKILL)
        time.sleep(0.001)

    beforehand(work, range(30_000), lambda: done.append(1))
    assert 1 <= len(done) < 10_000


def test_as_many_processes_as_this_one_may_use_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    assert [processes(number) for number in (0, 5, 11, 12, 18, 1_000)] == [1, 1, 1, 2, 3, 3]
    monkeypatch.delattr(os, "sched_getaffinity")
    assert processes(1_000) == 1


def test_a_memory_for_this_run_alone_is_gone_after_it(tmp_path: Path) -> None:
    with shared(NOTHING, 100) as memory:
        assert memory
        memory.keep("kind", "name", bytes(32), ("value",))
        assert memory.recall("kind", "name", bytes(32)) == ("value",)
    assert memory.recall("kind", "name", bytes(32)) is None
    known = Memory(tmp_path)
    with shared(known, 100) as memory:
        assert memory is known
