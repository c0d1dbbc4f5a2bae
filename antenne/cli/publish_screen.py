"""What `antenne publish` shows: bars for a person, lines of JSON for a program."""

from __future__ import annotations

import json
import sys
from types import TracebackType
from typing import Protocol, Self

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn


class Screen(Protocol):
    """Where the steps of a publication are told."""

    def __enter__(self) -> Self:
        """Begin to show."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop showing."""

    def begin(self, name: str) -> None:
        """Say which file or address comes next."""

    def upload(self, done: int, total: int) -> None:
        """Show how many bytes have been taken in."""

    def rendition(self, name: str, label: str, done_ms: int, total_ms: int) -> None:
        """Show how far one rendition is."""

    def event(self, event: str, video_id: str, **data: str | float) -> None:
        """Tell that something has become true."""

    def refused(self, name: str, reason: str, detail: str = "") -> None:
        """Tell that it cannot become a video, and why."""


class JsonScreen:
    """One JSON object a line, on standard output."""

    def __enter__(self) -> Self:
        """Begin to show."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop showing."""

    def begin(self, name: str) -> None:
        """Say nothing: the events name the video."""

    def upload(self, done: int, total: int) -> None:
        """Say nothing."""

    def rendition(self, name: str, label: str, done_ms: int, total_ms: int) -> None:
        """Say nothing."""

    def event(self, event: str, video_id: str, **data: str | float) -> None:
        """Write one line."""
        sys.stdout.write(json.dumps({"event": event, "video_id": video_id, **data}) + "\n")
        sys.stdout.flush()

    def refused(self, name: str, reason: str, detail: str = "") -> None:
        """Write one line."""
        self.event("refused", name, reason=reason, detail=detail)


class BarScreen:
    """Progress bars on a terminal, plain lines elsewhere."""

    def __init__(self) -> None:
        self._console = Console(highlight=False, soft_wrap=True)
        self._progress = Progress(
            TextColumn("  {task.description}"),
            BarColumn(bar_width=32),
            TextColumn("{task.percentage:>3.0f} %"),
            TimeElapsedColumn(),
            console=self._console,
            transient=True,
        )
        self._bars: dict[str, TaskID] = {}

    def __enter__(self) -> Self:
        """Begin to show."""
        self._progress.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop showing."""
        self._progress.stop()

    def begin(self, name: str) -> None:
        """Name the file and start with fresh bars."""
        for bar in self._bars.values():
            self._progress.remove_task(bar)
        self._bars.clear()
        self._console.print(f"[bold]{name}[/]")

    def upload(self, done: int, total: int) -> None:
        """Move the first bar."""
        self._bar("Receiving", done, total)

    def rendition(self, name: str, label: str, done_ms: int, total_ms: int) -> None:
        """Move one rendition's bar."""
        self._bar(label or name, done_ms, total_ms)

    def _bar(self, name: str, done: int, total: int) -> None:
        if name not in self._bars:
            self._bars[name] = self._progress.add_task(name, total=total or None)
        self._progress.update(self._bars[name], completed=min(done, total or done), total=total)

    def event(self, event: str, video_id: str, **data: str | float) -> None:  # noqa: ARG002 - part of the protocol
        """Print a line for the steps that a person waits for."""
        if event == "playable":
            self._console.print(
                f"  [green]On the air[/] after {data['seconds']} s: {data['watch_url']}"
            )
        elif event == "complete":
            self._console.print(f"  Every quality is there after {data['seconds']} s.")

    def refused(self, name: str, reason: str, detail: str = "") -> None:
        """Print why."""
        shown = f"{reason}: {detail}" if detail else reason
        self._console.print(f"  [red]Refused[/] {name}: {shown}")


def screen_for(*, as_json: bool) -> Screen:
    """Return where to show."""
    return JsonScreen() if as_json else BarScreen()
