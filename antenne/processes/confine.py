"""The launcher: takes away rights from itself, then becomes the program it was asked to run.

It is run as `python -I -S confine.py --folder=DIR [--read=PATH]… [--cpu_s=N …] -- PROGRAM ARGS…`
and imports little, because every ffmpeg waits for it. A mechanism that the kernel lacks is passed
over; `confine.py --report --folder=DIR` says which of them hold, by trying to break out.
"""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import resource
import struct
import sys
import time

LIBC = ctypes.CDLL(None, use_errno=True)
SIGPIPE, SIGXFSZ = 13, 25
EXIT_NOT_STARTED = 127
AUTOGROUP = "/proc/self/autogroup"
AUTOGROUP_ATTEMPTS = 5
NOT_STARTED_MARK = "antenne-confine: cannot start"

PR_SET_PDEATHSIG, PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP = 1, 24, 38, 22
SYS_LANDLOCK_CREATE, SYS_LANDLOCK_ADD, SYS_LANDLOCK_RESTRICT = 444, 445, 446
CAPSET_CALLS = {"x86_64": 126, "aarch64": 91}
CAPABILITY_VERSION_3 = 0x20080522
CAP_DAC_OVERRIDE = 1

EXECUTE, WRITE, READ, READ_DIR = 1, 2, 4, 8
REMOVE, MAKE_PLAIN = (1 << 4) | (1 << 5), (1 << 7) | (1 << 8) | (1 << 10)
REFER, TRUNCATE = 1 << 13, 1 << 14
FILE_RIGHTS = EXECUTE | WRITE | READ | TRUNCATE
LIBRARY_FOLDERS = ("/lib", "/lib64", "/usr/lib", "/usr/lib64")
SYSTEM_FILES = (
    "/etc/ld.so.cache",
    "/dev/urandom",
    "/dev/zero",
    "/proc/cpuinfo",
    "/proc/meminfo",
    "/proc/stat",
    "/sys/devices/system/cpu",
)

# Numbers of: socket, ptrace, process_vm_readv, process_vm_writev, bpf, userfaultfd, keyctl,
# add_key, request_key, perf_event_open, mount, unshare, setns, io_uring_setup.
FORBIDDEN_CALLS = {
    "x86_64": (41, 101, 310, 311, 321, 323, 250, 248, 249, 298, 165, 272, 308, 425),
    "aarch64": (198, 117, 270, 271, 280, 282, 219, 217, 218, 241, 40, 97, 268, 425),
}
AUDIT_ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
X32_BIT = 0x40000000
LOAD, JUMP_EQUAL, JUMP_AT_LEAST, RETURN = 0x20, 0x15, 0x35, 0x06
VERDICT_ALLOW, VERDICT_REFUSE = 0x7FFF0000, 0x00050000 | errno.EACCES

Options = dict[str, list[str]]


def options_parse(arguments: list[str]) -> tuple[Options, list[str]]:
    """Split the launcher's own `--name=value` options from the program after `--`."""
    options: Options = {}
    for position, argument in enumerate(arguments):
        if argument == "--":
            return options, arguments[position + 1 :]
        name, _, value = argument.removeprefix("--").partition("=")
        options.setdefault(name, []).append(value)
    return options, []


def outputs_place(descriptors: list[int]) -> None:
    """Make the inherited descriptors 3, 4, 5 … in the order given."""
    high = [fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, 100) for descriptor in descriptors]
    for place, descriptor in enumerate(high, start=3):
        os.dup2(descriptor, place, inheritable=True)


def limits_apply(options: Options) -> None:
    """Bound address space, CPU time, file sizes and descriptors; leave no core files."""
    wanted = {
        resource.RLIMIT_AS: options.get("memory_bytes"),
        resource.RLIMIT_FSIZE: options.get("file_bytes"),
        resource.RLIMIT_NOFILE: ["256"],
        resource.RLIMIT_CORE: ["0"],
    }
    for kind, values in wanted.items():
        if values:
            hard = resource.getrlimit(kind)[1]
            value = int(values[0]) if hard == resource.RLIM_INFINITY else min(int(values[0]), hard)
            resource.setrlimit(kind, (value, value))
    if options.get("cpu_s"):
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        if hard == resource.RLIM_INFINITY:
            hard = int(options["cpu_s"][0]) + 1
        resource.setrlimit(resource.RLIMIT_CPU, (min(int(options["cpu_s"][0]), hard), hard))


def no_new_privileges() -> bool:
    """Give up gaining rights by running set-user-id programs."""
    return bool(LIBC.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0)


def landlock_abi() -> int:
    """Return the version of Landlock, 0 where there is none."""
    return max(0, int(LIBC.syscall(SYS_LANDLOCK_CREATE, None, 0, 1)))


def landlock_apply(folder: str, readable: list[str], program: str) -> bool:
    """Leave *folder* to write, *readable* and the system's libraries to read, no TCP."""
    abi = landlock_abi()
    if not abi:
        return False
    ruleset = _landlock_ruleset(abi)
    if ruleset < 0:
        return False
    handled = _landlock_handled(abi)
    inside = handled & (WRITE | READ | READ_DIR | REMOVE | MAKE_PLAIN | REFER | TRUNCATE)
    _landlock_allow(ruleset, folder, inside)
    _landlock_allow(ruleset, "/dev/null", WRITE | READ)
    _landlock_allow(ruleset, program, EXECUTE | READ)
    for path in LIBRARY_FOLDERS:
        _landlock_allow(ruleset, path, EXECUTE | READ | READ_DIR)
    for path in (*SYSTEM_FILES, *readable):
        _landlock_allow(ruleset, path, READ | READ_DIR)
    return bool(LIBC.syscall(SYS_LANDLOCK_RESTRICT, ruleset, 0) == 0)


def _landlock_handled(abi: int) -> int:
    bits = 13 + (abi >= 2) + (abi >= 3) + (abi >= 5)  # noqa: PLR2004 - versions of an interface
    return (1 << bits) - 1


def _landlock_ruleset(abi: int) -> int:
    tcp = 0b11 if abi >= 4 else 0  # noqa: PLR2004 - versions of an interface
    scopes = 0b11 if abi >= 6 else 0  # noqa: PLR2004 - versions of an interface
    packed = struct.pack("=QQQ", _landlock_handled(abi), tcp, scopes)
    size = 8 + 8 * (tcp > 0) + 8 * (scopes > 0)
    return int(LIBC.syscall(SYS_LANDLOCK_CREATE, ctypes.c_char_p(packed), size, 0))


def _landlock_allow(ruleset: int, path: str, rights: int) -> None:
    try:
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    if not os.path.isdir(path):  # noqa: PTH112 - pathlib costs the launcher 8 ms
        rights &= FILE_RIGHTS
    rule = struct.pack("=Qi", rights, descriptor)
    LIBC.syscall(SYS_LANDLOCK_ADD, ruleset, 1, ctypes.c_char_p(rule), 0)
    os.close(descriptor)


def seccomp_apply() -> bool:
    """Refuse sockets of any kind and the calls that reach into other processes or the kernel."""
    machine = os.uname().machine
    if machine not in FORBIDDEN_CALLS:
        return False
    calls = FORBIDDEN_CALLS[machine]
    code = [(LOAD, 0, 0, 4), (JUMP_EQUAL, 0, len(calls) + 3, AUDIT_ARCHITECTURES[machine])]
    code += [(LOAD, 0, 0, 0), (JUMP_AT_LEAST, len(calls) + 1, 0, X32_BIT)]
    code += [(JUMP_EQUAL, len(calls) - place, 0, call) for place, call in enumerate(calls)]
    code += [(RETURN, 0, 0, VERDICT_ALLOW), (RETURN, 0, 0, VERDICT_REFUSE)]
    packed = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *line) for line in code))
    header = ctypes.create_string_buffer(struct.pack("@HP", len(code), ctypes.addressof(packed)))
    return bool(LIBC.prctl(PR_SET_SECCOMP, 2, ctypes.byref(header), 0, 0) == 0)


def identity_drop(folder: str, needed: list[str], *, keep_file_access: bool) -> str:
    """As root, become the folder's owner where that can still reach everything *needed*.

    Otherwise stay root without capabilities but the one to open files (Landlock says which).
    """
    if os.geteuid() != 0:
        return "unprivileged"
    status = os.stat(folder)  # noqa: PTH116 - pathlib costs the launcher 8 ms
    if status.st_uid and _reaches(status.st_uid, status.st_gid, folder, needed):
        os.setgroups([])
        os.setresgid(status.st_gid, status.st_gid, status.st_gid)
        os.setresuid(status.st_uid, status.st_uid, status.st_uid)
        return f"uid {status.st_uid}"
    _capabilities_drop(1 << CAP_DAC_OVERRIDE if keep_file_access else 0)
    return "root without capabilities"


def _reaches(uid: int, gid: int, folder: str, needed: list[str]) -> bool:
    groups = os.getgroups()
    os.setgroups([])
    os.setegid(gid)
    os.seteuid(uid)
    try:
        inside = [os.path.join(folder, name) for name in os.listdir(folder)]  # noqa: PTH118, PTH208
        return os.access(folder, os.W_OK | os.X_OK, effective_ids=True) and all(
            os.access(path, os.R_OK, effective_ids=True) for path in [*inside, *needed]
        )
    except OSError:
        return False
    finally:
        os.seteuid(0)
        os.setegid(0)
        os.setgroups(groups)


def _capabilities_drop(kept: int) -> None:
    for capability in range(64):
        if not kept >> capability & 1:
            LIBC.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)
    header = struct.pack("=Ii", CAPABILITY_VERSION_3, 0)
    sets = struct.pack("=6I", kept, kept, 0, 0, 0, 0)
    call = CAPSET_CALLS.get(os.uname().machine)
    if call:
        LIBC.syscall(call, ctypes.c_char_p(header), ctypes.c_char_p(sets))


def priority_lower(nice: int) -> None:
    """Take less of the processor where others want it.

    A kernel that shares it out between sessions looks at the niceness of each of them, and this
    process leads its own: without the second step all of them would get the same.
    """
    os.nice(nice)
    for _attempt in range(AUTOGROUP_ATTEMPTS if nice else 0):
        try:
            with open(AUTOGROUP, "wb", buffering=0) as group:  # noqa: PTH123 - imports little
                group.write(b"%d" % nice)
        except BlockingIOError:
            time.sleep(0.1)  # the kernel lets all users together do it ten times a second
        except OSError:
            return
        else:
            return


def parent_follow(parent: int) -> None:
    """Die with the process that asked, so that a killed worker leaves no ffmpeg behind."""
    LIBC.prctl(PR_SET_PDEATHSIG, 9, 0, 0, 0)
    if parent and os.getppid() != parent:
        os._exit(EXIT_NOT_STARTED)


def confine(options: Options, program: str) -> dict[str, str]:
    """Take every right away that the program does not need; return what is in force."""
    folder, readable = options["folder"][0], options.get("read", [])
    priority_lower(int(options.get("nice", ["0"])[0]))
    limits_apply(options)
    abi = landlock_abi()
    identity = identity_drop(folder, [program, *readable], keep_file_access=abi > 0)
    no_new = no_new_privileges()
    parent_follow(int(options.get("parent", ["0"])[0]))
    landlocked = landlock_apply(folder, readable, program)
    return {
        "limits": "memory, CPU time, file size, descriptors",
        "identity": identity,
        "no_new_privileges": "yes" if no_new else "",
        "landlock": f"ABI {abi}" if landlocked else "",
        "seccomp": "yes" if seccomp_apply() else "",
    }


def report_print(options: Options) -> None:
    """Confine this process, try to break out, and print one `name: value` line per mechanism."""
    report = confine(options, sys.executable)
    try:
        os.close(os.open("/etc/passwd", os.O_RDONLY))
        report["files_outside"] = ""
    except OSError:
        report["files_outside"] = "refused"
    made = LIBC.socket(2, 2, 0)
    report["network"] = "" if made >= 0 else "refused"
    sys.stdout.write("".join(f"{name}: {value}\n" for name, value in report.items()))


def main(arguments: list[str]) -> None:
    """Confine this process and become the program; on failure exit 127 with a marked message."""
    options, argv = options_parse(arguments)
    if "report" in options:
        report_print(options)
        return
    outputs_place([int(number) for number in options.get("output", [])])
    for number in (SIGPIPE, SIGXFSZ):
        LIBC.signal(number, 0)
    try:
        confine(options, argv[0])
        os.execv(argv[0], argv)  # noqa: S606 - no shell is the point
    except OSError as error:
        sys.stderr.write(f"{NOT_STARTED_MARK} {argv[0]}: {error}\n")
        sys.stderr.flush()
        os._exit(EXIT_NOT_STARTED)


if __name__ == "__main__":
    main(sys.argv[1:])
