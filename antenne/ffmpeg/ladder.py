"""Choose the sizes and encoder settings a picture is offered in: its ladder of rungs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

FPS_MOST = Fraction(60)
_HEIGHTS = (2160, 1440, 1080, 720, 480, 360, 240)
_GROUP_ONE_MOST = 720
_WIDE = Fraction(16, 9)
_SAME = Fraction(11, 10)
_STEP_LEAST = Fraction(5, 4)
_FPS_USUAL = 31
_FAST_CAP = Fraction(7, 5)
_CAP_LEAST_BPS = 150_000
# Below this share of its cap a rung is not worth its bytes: the one above is as easy to load.
_WORTH = Fraction(1, 4)
# What a rung is expected to spend on average, as a share of its cap.
_EXPECTED = Fraction(2, 5)

# Levels: most 16 x 16 blocks per frame, most blocks per second (ITU-T H.264 table A-1).
_LEVELS = (
    ("1.3", 396, 11_880),
    ("2.1", 792, 19_800),
    ("3.0", 1_620, 40_500),
    ("3.1", 3_600, 108_000),
    ("3.2", 5_120, 216_000),
    ("4.0", 8_192, 245_760),
    ("4.2", 8_704, 522_240),
    ("5.1", 36_864, 983_040),
    ("5.2", 36_864, 2_073_600),
)


@dataclass(frozen=True)
class Quality:
    """How one nominal height is encoded: constant rate factor under a cap for up to 30 fps."""

    crf: float
    cap_bps: int
    preset: str


@dataclass(frozen=True)
class Rung:
    """One rendition: displayed size in pixels, rate, and the settings of its encoder."""

    name: str
    width: int
    height: int
    fps: Fraction
    crf: float
    maxrate_bps: int
    bufsize_bits: int
    preset: str
    profile: str
    level: str
    group: int
    tuning: str = ""
    codec: str = "h264"
    bit_depth: int = 8

    @property
    def hasty(self) -> bool:
        """Say whether speed comes before care: so for the rung that goes on the air first."""
        return self.group == 0


@dataclass(frozen=True)
class CopiedRung:
    """The source's own picture, already on offer unchanged; its mean rate over the whole file."""

    width: int
    height: int
    mean_bps: int


_QUALITY = {
    2160: Quality(25, 16_000_000, "medium"),
    1440: Quality(25, 9_000_000, "medium"),
    1080: Quality(26, 5_500_000, "medium"),
    720: Quality(26, 3_200_000, "medium"),
    480: Quality(26.5, 1_600_000, "medium"),
    360: Quality(27, 1_000_000, "medium"),
    240: Quality(27, 550_000, "medium"),
}
# Less adaptive quantisation and psychovisual weight than x264's own: 10 to 19 % fewer bits at
# the same VMAF and CPU time, without giving them up (none at all bands in the dark).
TUNING = "psy-rd=0.3,0:aq-mode=1:aq-strength=0.4"
# AV1 at the VMAF that H.264 has at the same height: SVT-AV1's own scale of the factor, and what it
# saves of the cap. A small picture cannot become a good one: finer, it would take nearly the
# bytes of the next larger one, which looks better.
_AV1_CRF = {2160: 34, 1440: 34, 1080: 35, 720: 35, 480: 39, 360: 41, 240: 41}
_AV1_CAP = Fraction(3, 5)
_AV1_PRESET = "4"
# Quantisation matrices: fine detail is coded a little more coarsely, at the same VMAF and PSNR.
_AV1_TUNING = "enable-qm=1"
# AV1's profile main has 8 and 10 bits: whoever decodes it knows both, and finer samples predict
# better, also where the source has 8.
_AV1_BIT_DEPTH = 10
_AIR_CRF = 25
_AIR_CAP_BPS = {480: 1_800_000, 360: 1_100_000}


def ladder(
    width: int, height: int, fps: Fraction, source_bps: int, copy: CopiedRung | None = None
) -> tuple[Rung, ...]:
    """Return the rungs for a picture of this displayed size (pixels), largest first.

    *source_bps* is the mean rate of the picture, 0 if unknown. With *copy* the sizes it covers
    are left out. There may be none left then, otherwise there is at least one.
    """
    nominal = nominal_height(width, height)
    fps = min(fps, FPS_MOST)
    heights = _heights(nominal)
    if copy is not None:
        covered = nominal_height(copy.width, copy.height) / _SAME
        heights = [each for each in heights if each < covered]
    small = next((each for each in heights if each <= _GROUP_ONE_MOST), None)
    rungs = []
    for n, each in enumerate(heights):
        needed = (n == 0 and copy is None) or each == small
        if needed or not source_bps or source_bps > _cap_bps(each, fps) * _WORTH:
            group = 1 if each == small or len(heights) == 1 else 2
            rungs.append(_rung(each, (width, height), fps, source_bps, group))
    return tuple(rungs)


def av1_ladder(width: int, height: int, fps: Fraction, source_bps: int) -> tuple[Rung, ...]:
    """Return the rungs of `ladder` in AV1, each alone in its unit: a large one takes much memory.

    The sizes are those of the whole ladder, also where the source's own picture is on offer: who
    plays AV1 never leaves it for a size that it lacks.
    """
    return tuple(
        replace(
            rung,
            codec="av1",
            crf=_AV1_CRF[_standard(nominal_height(rung.width, rung.height))],
            maxrate_bps=max(_CAP_LEAST_BPS, int(rung.maxrate_bps * _AV1_CAP)),
            bufsize_bits=max(_CAP_LEAST_BPS, int(rung.bufsize_bits * _AV1_CAP)),
            preset=_AV1_PRESET,
            profile="main",
            level="",
            tuning=_AV1_TUNING,
            group=place,
            bit_depth=_AV1_BIT_DEPTH,
        )
        for place, rung in enumerate(ladder(width, height, fps, source_bps), start=1)
    )


def air_rung(width: int, height: int, fps: Fraction, *, light: bool) -> Rung:
    """Return the one rung that is encoded faster than real time: 480p, or 360p unless *light*."""
    nominal = nominal_height(width, height)
    goal = 480 if light else 360
    name = min(goal, nominal)
    cap_bps = _AIR_CAP_BPS[goal]
    fps = min(fps, FPS_MOST) / (2 if fps > _FPS_USUAL else 1)
    size = _scaled(width, height, Fraction(name, nominal))
    return Rung(
        f"{name}p", *size, fps, _AIR_CRF, cap_bps, 2 * cap_bps,
        "veryfast", "high", _level(*size, fps), 0,
    )  # fmt: skip


def copy_stays(copy: CopiedRung, fps: Fraction) -> bool:
    """Say whether the copied picture costs no more than the rung that would replace it."""
    expected = _cap_bps(nominal_height(copy.width, copy.height), fps) * _EXPECTED
    return copy.mean_bps <= expected


def nominal_height(width: int, height: int) -> int:
    """Return the height that names a picture: 1080 for 1920x1080, 1080x1920 and 1920x800."""
    short, long = sorted((width, height))
    return max(short, round(long / _WIDE))


def _heights(nominal: int) -> list[int]:
    """Return nominal heights, largest first; the source's own size when no standard is near."""
    most = min(nominal, _HEIGHTS[0])
    heights = [most]
    for standard in _HEIGHTS:
        if standard * _STEP_LEAST <= heights[-1]:
            heights.append(standard)
    return heights


def _cap_bps(nominal: int, fps: Fraction) -> int:
    """Return the most a rung may spend, in proportion to its picture between the standards."""
    standard = _standard(nominal)
    area = min(Fraction(nominal * nominal, standard * standard), Fraction(2))
    speed = _FAST_CAP if fps > _FPS_USUAL else Fraction(1)
    return max(int(_QUALITY[standard].cap_bps * area * speed), _CAP_LEAST_BPS)


def _standard(nominal: int) -> int:
    """Return the standard height nearest to a nominal one."""
    return min(_HEIGHTS, key=lambda height: abs(height - nominal))


def _rung(
    nominal: int, source: tuple[int, int], fps: Fraction, source_bps: int, group: int
) -> Rung:
    """Return the rung of one nominal height for a source of this size."""
    standard = _standard(nominal)
    quality = _QUALITY[standard]
    size = _scaled(*source, Fraction(nominal, nominal_height(*source)))
    cap_bps = _cap_bps(nominal, fps)
    if source_bps:
        cap_bps = max(_CAP_LEAST_BPS, min(cap_bps, 2 * source_bps))
    name = standard if standard <= nominal <= standard * _SAME else nominal
    return Rung(
        f"{name}p", *size, fps, quality.crf, cap_bps, 2 * cap_bps,
        quality.preset, "high", _level(*size, fps), group, TUNING,
    )  # fmt: skip


def _scaled(width: int, height: int, scale: Fraction) -> tuple[int, int]:
    """Return the size with even sides nearest to the scaled one, never larger than the source."""
    return _even(width * scale, width), _even(height * scale, height)


def _even(value: Fraction, most: int) -> int:
    return max(2, min(2 * round(value / 2), most - most % 2))


def _level(width: int, height: int, fps: Fraction) -> str:
    """Return the lowest level of H.264 that holds the picture and its rate."""
    blocks = -(-width // 16) * -(-height // 16)
    for name, frame, second in _LEVELS:
        if blocks <= frame and blocks * fps <= second:
            return name
    return "6.2"
