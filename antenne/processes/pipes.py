"""Read all pipes of one program at the same time, so that it never blocks on one of them."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass
from typing import BinaryIO, Generic, TypeVar

from antenne.processes.runner import Running

Item = TypeVar("Item")
_HELD_ITEMS = 4
_READ_BYTES = 1 << 16


@dataclass(frozen=True, slots=True)
class _End:
    """A pipe has ended; *error* is why its parser gave up before, if it did."""

    error: Exception | None


class _Readers(Generic[Item]):
    """One thread a pipe, all feeding one bounded queue."""

    def __init__(
        self, pipes: tuple[BinaryIO, ...], parse: Callable[[BinaryIO], Iterable[Item]]
    ) -> None:
        self.open = len(pipes)
        self.error: Exception | None = None
        self._parse = parse
        self._queue: queue.Queue[tuple[int, Item | _End]] = queue.Queue(_HELD_ITEMS)
        for number, pipe in enumerate(pipes):
            threading.Thread(target=self._read, args=(number, pipe), daemon=True).start()

    def _read(self, number: int, pipe: BinaryIO) -> None:
        error = None
        try:
            for item in self._parse(pipe):
                self._queue.put((number, item))
        except Exception as raised:  # noqa: BLE001 - handed to the thread that waits for it
            error = raised
            while pipe.read(_READ_BYTES):
                pass
        self._queue.put((number, _End(error)))

    def next(self) -> tuple[int, Item] | None:
        """Return the next (pipe, item), or None where a pipe has ended instead."""
        number, item = self._queue.get()
        if isinstance(item, _End):
            self.open -= 1
            self.error = self.error or item.error
            return None
        return number, item


def pipes_read(
    running: Running, parse: Callable[[BinaryIO], Iterable[Item]]
) -> Generator[tuple[int, Item], None, None]:
    """Yield (number of the pipe, item) as *parse* makes them of each pipe.

    After an error of *parse* every pipe is read to its end; then the program's own complaint is
    raised as `ProcessError`, since it says more than a pipe that ended early, or else the error.
    A consumer that stops early kills the program.
    """
    readers = _Readers(running.pipes, parse)
    try:
        while readers.open:
            item = readers.next()
            if item is not None and readers.error is None:
                yield item
    finally:
        if readers.open:
            running.kill()
        while readers.open:
            readers.next()
    if readers.error is not None:
        running.wait()
        raise readers.error
