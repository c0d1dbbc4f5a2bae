"""A figure says whether its bar is met."""

from __future__ import annotations

from benchmarks.report import Bar, Figure, median_figure


def test_most_and_least_are_told_apart() -> None:
    assert Bar(2).met(2)
    assert not Bar(2).met(2.1)
    assert Bar(95, least=True).met(95)
    assert not Bar(95, least=True).met(94)


def test_a_line_shows_runs_reference_ratio_and_verdict() -> None:
    figure = Figure("air", 2.0, "s", (1.0, 3.0), Bar(1.5), reference=4.0, reference_name="ffmpeg")

    assert figure.line() == (
        "  air: 2.000 s | raw 1.000 3.000 | ffmpeg: 4.000 s, ratio 0.500 | bar <= 1.5: MISSED"
    )


def test_the_median_counts() -> None:
    assert median_figure("air", "s", [9.0, 1.0, 2.0]).value == 2.0
