"""Tie a process to the one that started it: when the parent dies, whatever its end, so do we."""

from __future__ import annotations

import ctypes
import os
import signal
import sys

SUPERVISOR = "ANTENNE_SUPERVISOR"
_PR_SET_PDEATHSIG = 1


def tether(parent_pid: int | None) -> None:
    """Ask the kernel for SIGTERM when the parent thread ends; without a parent do nothing.

    Call it before anything slow. Exits at once when *parent_pid* is no longer our parent: it died
    before we could ask. Elsewhere than on Linux the parent's death goes unnoticed.
    """
    if parent_pid is None or sys.platform != "linux":
        return
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
    if os.getppid() != parent_pid:
        sys.exit(1)


def supervisor_pid() -> int | None:
    """Return the process that supervises us, as it told us in the environment, or None."""
    told = os.environ.get(SUPERVISOR, "")
    return int(told) if told.isdigit() else None
