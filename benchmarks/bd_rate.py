"""The Bjontegaard delta rate: how many bits one encoder needs for the quality of another.

After G. Bjontegaard, "Calculation of average PSNR differences between RD-curves", VCEG-M33 (2001),
with piecewise cubic Hermite interpolation instead of one cubic, as in JCTVC-L1100 and
"Improvements of the BD-PSNR model", VCEG-AI11 (2008); slopes after Fritsch and Carlson (1980).
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

_STEPS: Final = 1000
_ENDS: Final = 2
_ROUNDING: Final = 1e-9


@dataclass(frozen=True, slots=True, order=True)
class Point:
    """One encode: its rate in bits per second and its quality (VMAF)."""

    rate_bps: float
    quality: float


class NoOverlap(Exception):
    """The two curves share no range of quality, or one has fewer than two points."""


def hull(points: Sequence[Point]) -> list[Point]:
    """Return the upper convex hull over the logarithm of the rate: what a viewer can get."""
    best: list[Point] = []
    for point in sorted(points):
        if best and point.quality <= best[-1].quality:
            continue
        while len(best) >= _ENDS and _bends_up(best[-2], best[-1], point):
            best.pop()
        best.append(point)
    return best


def bd_rate(ours: Sequence[Point], reference: Sequence[Point]) -> float:
    """Return the mean difference of rate at equal quality as a share: -0.1 is ten percent less.

    Raises NoOverlap.
    """
    curves = [hull(ours), hull(reference)]
    if any(len(curve) < _ENDS for curve in curves):
        raise NoOverlap("a curve needs two points")
    low = max(curve[0].quality for curve in curves)
    high = min(curve[-1].quality for curve in curves)
    if high <= low:
        raise NoOverlap(f"no quality that both reach ({low:.1f} to {high:.1f})")
    means = [_mean_log_rate(curve, low, high) for curve in curves]
    return math.exp(means[0] - means[1]) - 1


def _bends_up(first: Point, middle: Point, last: Point) -> bool:
    """Say whether the middle point lies below the line between the others, rounding aside."""
    return _slope(first, middle) < _slope(first, last) * (1 - _ROUNDING)


def _slope(one: Point, two: Point) -> float:
    run = math.log(two.rate_bps) - math.log(one.rate_bps)
    return (two.quality - one.quality) / run if run else math.inf


def _mean_log_rate(curve: Sequence[Point], low: float, high: float) -> float:
    """Return the mean of log(rate) over a range of quality, by Simpson's rule."""
    xs = [point.quality for point in curve]
    ys = [math.log(point.rate_bps) for point in curve]
    slopes = pchip_slopes(xs, ys)
    step = (high - low) / _STEPS
    values = [pchip_at(xs, ys, slopes, low + n * step) for n in range(_STEPS + 1)]
    inner = 4 * sum(values[1:-1:2]) + 2 * sum(values[2:-1:2])
    return (values[0] + inner + values[-1]) / (3 * _STEPS)


def pchip_slopes(xs: Sequence[float], ys: Sequence[float]) -> list[float]:
    """Return the slopes at the points that keep the curve between them monotone."""
    widths = [b - a for a, b in pairwise(xs)]
    rises = [(b - a) / width for (a, b), width in zip(pairwise(ys), widths, strict=True)]
    if len(rises) == 1:
        return [rises[0], rises[0]]
    inner = [
        _inner_slope(left, right, before, after)
        for (left, right), (before, after) in zip(pairwise(widths), pairwise(rises), strict=True)
    ]
    first = _end_slope(widths[0], widths[1], rises[0], rises[1])
    last = _end_slope(widths[-1], widths[-2], rises[-1], rises[-2])
    return [first, *inner, last]


def _inner_slope(left: float, right: float, before: float, after: float) -> float:
    """Return the weighted harmonic mean of the two rises; 0 where the curve turns."""
    if before * after <= 0:
        return 0.0
    one, two = 2 * right + left, right + 2 * left
    return (one + two) / (one / before + two / after)


def _end_slope(near: float, far: float, rise: float, next_rise: float) -> float:
    """Return the one-sided slope at an end, bounded so that the curve stays monotone."""
    slope = ((2 * near + far) * rise - near * next_rise) / (near + far)
    if slope * rise <= 0:
        return 0.0
    return 3 * rise if rise * next_rise < 0 and abs(slope) > abs(3 * rise) else slope


def pchip_at(xs: Sequence[float], ys: Sequence[float], slopes: Sequence[float], x: float) -> float:
    """Return the value of the piecewise cubic at *x*."""
    at = min(max(bisect_right(xs, x) - 1, 0), len(xs) - 2)
    width = xs[at + 1] - xs[at]
    t = (x - xs[at]) / width
    return (
        (1 + 2 * t) * (1 - t) ** 2 * ys[at]
        + t * (1 - t) ** 2 * width * slopes[at]
        + t * t * (3 - 2 * t) * ys[at + 1]
        + t * t * (t - 1) * width * slopes[at + 1]
    )
