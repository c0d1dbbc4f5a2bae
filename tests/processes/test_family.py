"""Children come back when they die, end in order, and never outlive their parent."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from antenne.processes.family import Death, Family, Interrupted, Member, child_run

pytestmark = pytest.mark.process

WAIT_S = 60
TIED = (
    "import sys, time; from antenne.processes.tether import supervisor_pid, tether;"
    "tether(supervisor_pid()); open(sys.argv[1], 'w').close(); time.sleep(60)"
)


@pytest.fixture
def family() -> Iterator[Family]:
    children = Family()
    yield children
    children.stop(hurry=lambda: True)


def member(name: str, code: str, *arguments: str, patience_s: float = 60) -> Member:
    return Member(name, (sys.executable, "-c", code, *arguments), dict(os.environ), patience_s)


def eventually(happens: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + WAIT_S
    while time.monotonic() < deadline:
        if happens():
            return True
        time.sleep(0.02)
    return False


def gather(family: Family, deaths: list[Death]) -> list[Death]:
    deaths.extend(family.tend())
    return deaths


def is_gone(pid: int) -> bool:
    try:
        return "\nState:\tZ" in Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return True


def test_a_child_that_is_killed_comes_back_after_a_pause(family: Family) -> None:
    family.add(member("clock", "import time; time.sleep(60)"))
    first = family.pids()["clock"]
    os.kill(first, signal.SIGKILL)

    deaths: list[Death] = []
    assert eventually(lambda: len(gather(family, deaths)) == 1)

    assert [(death.name, death.status) for death in deaths] == [("clock", -signal.SIGKILL)]
    assert "clock" not in family.pids()
    assert eventually(lambda: not family.tend() and "clock" in family.pids())
    assert family.pids()["clock"] != first


def test_the_pause_doubles_while_a_child_keeps_dying(family: Family) -> None:
    family.add(member("broken", "raise SystemExit(3)"))

    deaths: list[Death] = []
    assert eventually(lambda: len(gather(family, deaths)) == 3)

    assert [death.again_in_s for death in deaths] == [0.5, 1.0, 2.0]


def test_children_end_in_the_reverse_order_of_their_adding(family: Family, tmp_path: Path) -> None:
    code = (
        "import signal, sys, time\n"
        "def end(*_):\n"
        "    open(sys.argv[1], 'a').write(sys.argv[2]); sys.exit()\n"
        "signal.signal(signal.SIGTERM, end)\n"
        "open(sys.argv[1] + sys.argv[2], 'w').close()\n"
        "time.sleep(60)\n"
    )
    log = tmp_path / "log"
    for name in "ewk":
        family.add(member(name, code, str(log), name))
    assert eventually(lambda: len(list(tmp_path.iterdir())) == 3)

    family.stop()

    assert log.read_text() == "kwe"


def test_a_child_that_ignores_the_request_is_killed(family: Family, tmp_path: Path) -> None:
    code = (
        "import signal, sys, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
        "open(sys.argv[1], 'w').close(); time.sleep(60)"
    )
    family.add(member("deaf", code, str(tmp_path / "up"), patience_s=0.2))
    assert eventually((tmp_path / "up").exists)
    pid = family.pids()["deaf"]

    family.stop()

    assert is_gone(pid)


def test_a_child_that_takes_its_time_is_killed_once_there_is_hurry(
    family: Family, tmp_path: Path
) -> None:
    code = (
        "import signal, sys, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
        "open(sys.argv[1], 'w').close(); time.sleep(60)"
    )
    family.add(member("deaf", code, str(tmp_path / "up"), patience_s=600))
    assert eventually((tmp_path / "up").exists)
    pid = family.pids()["deaf"]
    asked = iter([False, False, True])

    family.stop(hurry=lambda: next(asked))

    assert is_gone(pid)


def test_a_child_that_cannot_be_started_again_is_tried_later(
    family: Family, tmp_path: Path
) -> None:
    program = tmp_path / "program"
    program.symlink_to(sys.executable)
    family.add(Member("moved", (str(program), "-c", "raise SystemExit(3)"), dict(os.environ)))
    deaths: list[Death] = []
    assert eventually(lambda: len(gather(family, deaths)) == 1)
    program.unlink()

    assert eventually(lambda: len(gather(family, deaths)) == 2)

    assert deaths[0].fault == ""
    assert "No such file" in deaths[1].fault
    assert deaths[1].again_in_s == 1.0
    program.symlink_to(sys.executable)
    assert eventually(lambda: len(gather(family, deaths)) == 3)
    assert deaths[2].status == 3


def test_a_tied_child_ends_with_its_parent_however_that_ends(tmp_path: Path) -> None:
    parent = os.fork()
    if parent == 0:
        orphan = Family()
        orphan.add(member("tied", TIED, str(tmp_path / "up")))
        (tmp_path / "pid").write_text(str(orphan.pids()["tied"]))
        eventually((tmp_path / "up").exists)
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(parent, 0)
    child = int((tmp_path / "pid").read_text())

    assert eventually(lambda: is_gone(child))


def test_what_a_child_printed_is_returned_with_its_status() -> None:
    argv = (sys.executable, "-c", "print('said'); raise SystemExit(4)")

    assert child_run(argv, dict(os.environ)) == (4, "said\n")


def test_a_child_is_not_waited_for_once_we_are_told_to_stop(tmp_path: Path) -> None:
    code = (
        "import os, sys, time; open(sys.argv[1], 'w').write(str(os.getpid()));"
        "os.rename(sys.argv[1], sys.argv[2]); time.sleep(600)"
    )
    up = tmp_path / "up"
    argv = (sys.executable, "-c", code, str(tmp_path / "draft"), str(up))

    with pytest.raises(Interrupted):
        child_run(argv, dict(os.environ), told=up.exists)

    assert is_gone(int(up.read_text()))
