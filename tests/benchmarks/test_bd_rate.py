"""The delta rate of two curves, against curves whose answer is known."""

from __future__ import annotations

import pytest

from benchmarks.bd_rate import NoOverlap, Point, bd_rate, hull, pchip_at, pchip_slopes

CURVE = (Point(100e3, 30), Point(200e3, 50), Point(400e3, 70), Point(800e3, 85), Point(2e6, 95))


def test_the_same_curve_needs_the_same_rate() -> None:
    assert bd_rate(CURVE, CURVE) == pytest.approx(0)


@pytest.mark.parametrize("share", [0.5, 0.8, 1.25])
def test_a_constant_share_of_the_rate_is_found_again(share: float) -> None:
    ours = [Point(point.rate_bps * share, point.quality) for point in CURVE]

    assert bd_rate(ours, CURVE) == pytest.approx(share - 1)


def test_a_point_below_the_hull_does_not_count() -> None:
    worse = Point(300e3, 40)

    assert hull([*CURVE, worse]) == list(CURVE)
    assert bd_rate([*CURVE, worse], CURVE) == pytest.approx(0)


def test_curves_without_a_common_quality_are_not_compared() -> None:
    above = [Point(100e3, 96), Point(200e3, 99)]

    with pytest.raises(NoOverlap):
        bd_rate(above, CURVE)


def test_the_interpolation_keeps_points_and_never_overshoots() -> None:
    xs, ys = [0.0, 1.0, 2.0, 3.0], [0.0, 0.0, 1.0, 1.0]
    slopes = pchip_slopes(xs, ys)
    between = [pchip_at(xs, ys, slopes, step / 100) for step in range(301)]

    assert [pchip_at(xs, ys, slopes, x) for x in xs] == ys
    assert min(between) >= 0
    assert max(between) <= 1
    assert between == pytest.approx(sorted(between))
