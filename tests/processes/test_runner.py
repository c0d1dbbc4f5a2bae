"""Other programs run inside their folder, inside their limits, and leave nothing behind."""

from __future__ import annotations

import os
import sys
import sysconfig
import tempfile
import time
from pathlib import Path

import pytest

from antenne.processes.runner import (
    Limits,
    ProcessError,
    Sandbox,
    confinement_report,
    run,
    stream,
)

pytestmark = pytest.mark.process

LIMITS = Limits(wall_s=60, cpu_s=10, memory_bytes=2 * 1024**3, file_bytes=1024**2)
PYTHON = os.path.realpath(sys.executable)
needs_landlock = pytest.mark.skipif(
    not confinement_report()["landlock"], reason="this kernel has no Landlock"
)
PYTHON_FILES = (Path(sys.base_prefix), Path(sysconfig.get_path("stdlib")))


def python(code: str, folder: Path, limits: Limits = LIMITS) -> str:
    sandbox = Sandbox(folder, readable=PYTHON_FILES)
    return run([PYTHON, "-I", "-S", "-c", code], sandbox=sandbox, limits=limits).stdout.decode()


def python_error(code: str, folder: Path, limits: Limits = LIMITS) -> ProcessError:
    with pytest.raises(ProcessError) as caught:
        python(code, folder, limits)
    return caught.value


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def gone(pid: int) -> bool:
    """Say whether it dies: the kernel ends the members of a killed group one after the other."""
    patience = 1200
    while alive(pid) and patience:
        time.sleep(0.05)
        patience -= 1
    return not alive(pid)


def test_a_program_reads_its_input_and_says_its_output(tmp_path: Path) -> None:
    done = run(["/bin/cat"], sandbox=Sandbox(tmp_path), limits=LIMITS, stdin=b"hello" * 100_000)

    assert done.stdout == b"hello" * 100_000
    assert done.stderr == ""


def test_a_program_writes_inside_its_folder(tmp_path: Path) -> None:
    python("open('made.txt', 'w').write('here')", tmp_path)

    assert (tmp_path / "made.txt").read_text() == "here"


@needs_landlock
def test_a_program_cannot_read_beside_its_folder(tmp_path: Path) -> None:
    folder = tmp_path / "job"
    folder.mkdir()
    (tmp_path / "other.txt").write_text("someone else's")
    (folder / "link.txt").symlink_to(tmp_path / "other.txt")

    for path in (tmp_path / "other.txt", folder / "link.txt", Path("/etc/passwd")):
        assert "PermissionError" in python_error(f"open({str(path)!r})", folder).tail


@needs_landlock
def test_a_program_cannot_write_outside_its_folder(tmp_path: Path) -> None:
    folder = tmp_path / "job"
    folder.mkdir()

    error = python_error(f"open({str(tmp_path / 'made.txt')!r}, 'w')", folder)

    assert error.kind == "failed"
    assert not (tmp_path / "made.txt").exists()


@needs_landlock
def test_a_file_named_as_readable_can_be_read_but_not_written(tmp_path: Path) -> None:
    folder, source = tmp_path / "job", tmp_path / "source.txt"
    folder.mkdir()
    source.write_text("theirs")
    sandbox = Sandbox(folder, readable=(source,))

    assert run(["/bin/cat", str(source)], sandbox=sandbox, limits=LIMITS).stdout == b"theirs"
    with pytest.raises(ProcessError):
        run(["/usr/bin/tee", str(source)], sandbox=sandbox, limits=LIMITS, stdin=b"mine")
    assert source.read_text() == "theirs"


@pytest.mark.parametrize("family", ["AF_INET", "AF_INET6", "AF_UNIX"])
def test_a_program_has_no_network(tmp_path: Path, family: str) -> None:
    error = python_error(f"import socket; socket.socket(socket.{family})", tmp_path)

    assert "PermissionError" in error.tail


@needs_landlock
def test_a_program_cannot_start_a_shell(tmp_path: Path) -> None:
    error = python_error("import os; os.execv('/bin/sh', ['sh', '-c', 'true'])", tmp_path)

    assert "PermissionError" in error.tail


def test_a_program_sees_none_of_our_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANTENNE_SECRET", "hidden")

    assert "ANTENNE_SECRET" not in python("import os; print(dict(os.environ))", tmp_path)


def test_a_program_that_takes_too_long_is_killed_with_its_children(tmp_path: Path) -> None:
    code = (
        "import os, time\npid = os.fork()\nopen('pid', 'w').write(str(pid)) if pid else None\n"
        "time.sleep(60)"
    )

    error = python_error(code, tmp_path, Limits(4.0, 10, 2 * 1024**3, 1024**2))

    assert error.kind == "timeout"
    assert gone(int((tmp_path / "pid").read_text()))


def test_a_program_that_burns_its_cpu_time_is_stopped(tmp_path: Path) -> None:
    error = python_error("while True: pass", tmp_path, Limits(20, 1, 2 * 1024**3, 1024**2))

    assert error.kind == "timeout"


def test_a_program_that_wants_too_much_memory_is_told_apart(tmp_path: Path) -> None:
    code = "import mmap\nmmap.mmap(-1, 4 * 1024**3)"

    assert python_error(code, tmp_path).kind == "memory"


def test_a_program_cannot_write_a_file_larger_than_allowed(tmp_path: Path) -> None:
    error = python_error("open('big', 'wb').write(bytes(3 * 1024**2))", tmp_path)

    assert error.kind == "failed"
    assert (tmp_path / "big").stat().st_size <= LIMITS.file_bytes


def test_a_missing_program_is_named_missing(tmp_path: Path) -> None:
    with pytest.raises(ProcessError) as caught:
        run(["/nowhere/ffmpeg"], sandbox=Sandbox(tmp_path), limits=LIMITS)

    assert caught.value.kind == "missing"


def test_the_last_words_of_a_talkative_program_are_kept(tmp_path: Path) -> None:
    code = "import sys\nsys.stderr.write('x' * 3_000_000 + 'the end')\nsys.exit(3)"

    error = python_error(code, tmp_path)

    assert (error.kind, error.exit_code) == ("failed", 3)
    assert error.tail.endswith("the end")


def test_a_program_streams_to_its_numbered_outputs(tmp_path: Path) -> None:
    code = "import os\nos.write(3, b'video')\nos.write(4, b'audio')"
    argv = [PYTHON, "-I", "-S", "-c", code]

    with stream(
        argv, sandbox=Sandbox(tmp_path, readable=PYTHON_FILES), limits=LIMITS, outputs=2
    ) as running:
        said = [pipe.read() for pipe in running.pipes]
        running.wait()

    assert said == [b"video", b"audio"]


def test_leaving_the_context_ends_the_program(tmp_path: Path) -> None:
    code = "import os, time\nos.write(3, str(os.getpid()).encode() + b'\\n')\ntime.sleep(60)"
    argv = [PYTHON, "-I", "-S", "-c", code]

    with stream(
        argv, sandbox=Sandbox(tmp_path, readable=PYTHON_FILES), limits=LIMITS, outputs=1
    ) as running:
        pid = int(running.pipes[0].readline())
        assert alive(pid)

    assert not alive(pid)


def test_a_program_yields_when_asked(tmp_path: Path) -> None:
    sandbox = Sandbox(tmp_path, readable=PYTHON_FILES, nice=7)
    argv = [PYTHON, "-I", "-S", "-c", "import os; print(os.nice(0) - int(os.environ.get('N', 0)))"]

    assert int(run(argv, sandbox=sandbox, limits=LIMITS).stdout) >= 7


@pytest.mark.skipif(
    not Path("/proc/self/autogroup").exists(), reason="this kernel does not group sessions"
)
def test_a_program_yields_to_other_sessions_too(tmp_path: Path) -> None:
    code = "import os, time\nos.write(3, str(os.getpid()).encode() + b'\\n')\ntime.sleep(60)"
    argv = [PYTHON, "-I", "-S", "-c", code]
    sandbox = Sandbox(tmp_path, readable=PYTHON_FILES, nice=7)

    with stream(argv, sandbox=sandbox, limits=LIMITS, outputs=1) as running:
        pid = int(running.pipes[0].readline())
        said = Path(f"/proc/{pid}/autogroup").read_text()

    assert said.split()[-2:] == ["nice", "7"]


def test_a_program_dies_with_the_process_that_asked_for_it(tmp_path: Path) -> None:
    pid_file = tmp_path / "pid"
    asker = os.fork()
    if asker == 0:
        code = (
            f"import os, time\nopen({str(pid_file)!r}, 'w').write(str(os.getpid()))\ntime.sleep(60)"
        )
        with stream(
            [PYTHON, "-I", "-S", "-c", code],
            sandbox=Sandbox(tmp_path, readable=PYTHON_FILES),
            limits=LIMITS,
            outputs=0,
        ) as running:
            while not pid_file.exists() or not pid_file.read_text():
                time.sleep(0.01)
            os._exit(running.pipes != ())
    os.waitpid(asker, 0)

    assert gone(int(pid_file.read_text()))


@needs_landlock
def test_the_report_says_what_holds_on_this_host() -> None:
    report = confinement_report()

    assert set(report) >= {"limits", "no_new_privileges", "landlock", "seccomp", "network"}
    assert report["files_outside"] == "refused"
    assert report["network"] == "refused"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become someone else")
def test_root_becomes_the_owner_of_the_folder() -> None:
    with tempfile.TemporaryDirectory() as folder:
        argv, sandbox = ["/usr/bin/id", "-u"], Sandbox(Path(folder))
        as_root = run(argv, sandbox=sandbox, limits=LIMITS).stdout
        os.chown(folder, 65534, 65534)
        as_owner = run(argv, sandbox=sandbox, limits=LIMITS).stdout

    assert (as_root, as_owner) == (b"0\n", b"65534\n")
