"""The moving pictures of the demo, as graphs of ffmpeg's own generators in the site's colours."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from antenne.cli import demo_sounds as sounds

EMBER: Final = ("#0f0b0a", "#3a0f0a", "#c2310b", "#ff6c3f", "#ffd2a6", "#f5f5f0")
DUSK: Final = ("#0d1320", "#27304f", "#7d3553", "#e2552b", "#ffb27a", "#fff1dc")
TIDE: Final = ("#081619", "#0f3b40", "#3f7f7c", "#a9c4b4", "#eadfc6", "#fffaf0")
AURORA: Final = ("#0b1020", "#132a3a", "#1f5a56", "#7fb39a", "#ffb27a", "#fff1dc")
PRESS: Final = ("#15160f", "#3b1c12", "#c2310b", "#f0a27c", "#f5f5f0")
FACE: Final = "face.ttf"
PAPER, INK, ACCENT = "#f5f5f0", "#15160f", "#c2310b"


@dataclass(frozen=True)
class Scene:
    """A picture: its size, its frames a second, how long it lasts, and the graph that draws it.

    It is played `rounds` times, each of them `seconds` long; one that ends as it began goes on
    without a seam. `sound` is the graph of what is heard. A graph that writes something needs a
    font in the file `face.ttf`, in the folder where it is drawn.
    """

    name: str
    width_px: int
    height_px: int
    rate: int
    seconds: int
    graph: str
    sound: str
    rounds: int = 1

    @property
    def lasts_s(self) -> int:
        """How long all its rounds take."""
        return self.seconds * self.rounds

    @property
    def needs_font(self) -> bool:
        """Whether there is something written in it."""
        return FACE in self.graph


def tint(colours: tuple[str, ...]) -> str:
    """Return filters that colour a grey picture, from the first of *colours* to the last.

    The grey is laid into all three planes and each is looked up: nothing is converted.
    """
    planes = zip(*map(_studio_bt709, colours), strict=True)
    ramps = ":".join(
        f"{letter}='{_ramp(list(levels))}'" for letter, levels in zip("yuv", planes, strict=True)
    )
    return (
        "format=gray,mergeplanes=format=yuv444p:map1p=0:map2p=0"
        f",lutyuv={ramps},setparams=range=tv:colorspace=bt709"
    )


def enlarge(width_px: int, height_px: int, flags: str = "bicubic") -> str:
    """Return filters that turn a small coloured picture into a large one as players want it.

    The colours are changed to theirs while it is small, where that costs least.
    """
    return (
        "scale=out_color_matrix=bt709:out_range=tv,format=yuv444p"
        f",scale={width_px}:{height_px}:flags={flags},format=yuv420p"
    )


def _studio_bt709(colour: str) -> tuple[float, float, float]:
    """Return Y, Cb and Cr of a colour as bytes of limited range (ITU-R BT.709)."""
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return (
        16 + 219 * luma,
        128 + 224 * (blue - luma) / 1.8556,
        128 + 224 * (red - luma) / 1.5748,
    )


def _ramp(levels: list[float]) -> str:
    """Return an expression of `val` (0-255) that runs through *levels* at even distances."""
    step = 255 / (len(levels) - 1)
    said = f"{levels[-1]:.2f}"
    for place, (low, high) in reversed(list(enumerate(pairwise(levels)))):
        start = place * step
        line = f"{low:.2f}+({high - low:.2f})*(val-{start:.2f})/{step:.2f}"
        said = f"if(lt(val,{start + step:.2f}),{line},{said})"
    return said


def _shore(seconds: int) -> str:
    return (
        "mandelbrot=size=960x540:rate=20:maxiter=400:start_x=-0.743643887:start_y=0.131825904"
        f":start_scale=2.6:end_scale=0.0009:end_pts={seconds * 20}:inner=black"
        f",trim=duration={seconds},{tint(DUSK)},{enlarge(1280, 720)}"
    )


def _embers(seconds: int) -> str:
    # Forward, then back: the end of a round is its beginning.
    return (
        "perlin=size=256x144:rate=25:octaves=5:persistence=0.55:xscale=2.6:yscale=5.2:tscale=0.35"
        ":random_mode=seed:seed=7"
        f",trim=duration={seconds / 2},eq=contrast=1.9:brightness=-0.06,format=gray"
        ",split[on][back];[back]reverse[again];[on][again]concat"
        f",{tint(EMBER)},vignette=PI/5,{enlarge(1280, 720)}"
    )


def _pond(seconds: int) -> str:
    # Where they fell, how wide their waves are, and how often these come in one turn.
    drops = ((69, 52, 3.2, 3), (170, 39, 3.8, 4), (132, 103, 2.6, 2))
    waves = "+".join(
        f"sin(hypot(X-{x},Y-{y})/{width}-T*{turns}*2*PI/{_turn_s(80)})*exp(-hypot(X-{x},Y-{y})/112)"
        for x, y, width, turns in drops
    )
    return (
        f"color=black:size=240x135:rate=25,format=gray,geq=lum='118+52*({waves})+Y/4'"
        f",{_turning(80, seconds)},{tint(TIDE)},{enlarge(1280, 720, 'spline')}"
    )


def _turn_s(frames: int) -> float:
    return frames / 25


def _turning(frames: int, seconds: int) -> str:
    """Return filters that draw *frames* only, of a picture that then begins again by itself."""
    return (
        f"trim=end_frame={frames},loop=loop=-1:size={frames},setpts=N/25/TB,trim=duration={seconds}"
    )


def _colony(seconds: int) -> str:
    return (
        "life=size=256x144:rate=20:ratio=0.22:seed=21:rule=B3/S23:mold=6"
        f":life_color={INK}:death_color={ACCENT}:mold_color={PAPER}"
        f",trim=start=2:end={seconds + 2},setpts=PTS-STARTPTS"
        f",{enlarge(1280, 720, 'neighbor')}"
    )


def _curtain(seconds: int) -> str:
    return (
        "perlin=size=90x160:rate=25:octaves=4:persistence=0.5:xscale=7:yscale=0.9:tscale=0.6"
        ":random_mode=seed:seed=19"
        f",trim=duration={seconds},eq=contrast=2.1:brightness=-0.1"
        f",{tint(AURORA)},vignette=PI/4.6,{enlarge(720, 1280)}"
    )


def _chord(seconds: int, sound: str) -> str:
    return (
        f"{sound},atrim=duration={seconds},aformat=channel_layouts=stereo,volume=1.6"
        ",avectorscope=size=720x720:rate=30:mode=lissajous_xy:draw=line:zoom=1.5"
        ":rc=255:gc=255:bc=255:rf=9:gf=9:bf=9"
        f",format=gray,gblur=sigma=1.1,lagfun=decay=0.95,{tint(EMBER)}"
    )


def _signal(seconds: int) -> str:
    far, phase = "hypot(X-160,Y-90)", f"T*2*PI/{_turn_s(32)}"
    # Soft fields drawn small; enlarged, a steep slope makes clean edges of them.
    rings = f"(sin({far}/3.6-{phase})*26+128)*clip((150-{far})/50,0,1)"
    sides = "clip((abs(X-160)-abs(Y-90)*0.95)/3,0,1)"
    dot = f"clip(128+(13+sin({phase})-{far})*24,0,255)"
    return (
        f"color=black:size=320x180:rate=25,format=gray"
        f",geq=lum='if(lt({far},24),{dot},{rings}*{sides})'"
        ",scale=1280:720:flags=bicubic,lut=y='clip((val-112)*9,0,255)',gblur=sigma=0.7"
        f",trim=end_frame=32,{tint((PAPER, '#f0a27c', ACCENT))},{enlarge(1280, 720)}"
        f",{_turning(32, seconds)}"
    )


def _press(seconds: int) -> str:
    return (
        "zoneplate=size=1280x544:rate=25:precision=12:xo=-180:yo=60:kx2=120:ky2=51:kt=20"
        f",trim=duration={seconds},{tint(PRESS)}"
    )


def _gasket(seconds: int) -> str:
    return (
        "sierpinski=size=1024x768:rate=25:type=carpet:seed=11:jump=2"
        f",trim=duration={seconds},format=gray,rotate=a='PI/7+t*0.03':ow=800:oh=600"
        f",{tint((PAPER, '#ffb27a', ACCENT))}"
    )


def _lantern(seconds: int) -> str:
    return (
        f"gradients=size=480x270:rate=25:duration={seconds}:type=circular:n=6:speed=0.02:seed=3"
        ":c0=#0d1320:c1=#7d3553:c2=#e2552b:c3=#ffb27a:c4=#fff1dc:c5=#27304f"
        f",{enlarge(1280, 720)}"
    )


def _card(seconds: int) -> str:
    bars = "".join(
        f",drawbox=x={80 + 160 * place}:y=96:w=160:h=330:color={colour}:t=fill"
        for place, colour in enumerate(
            ("#f5f5f0", "#ffd2a6", "#ffb27a", "#ff6c3f", "#c2310b", "#7d3553", "#27304f")
        )
    )
    steps = "".join(
        f",drawbox=x={80 + 112 * place}:y=450:w=112:h=54:color=gray@{place / 9:.2f}:t=fill"
        for place in range(10)
    )
    sweep = f",drawbox=x='80+mod(t*140,1120)':y=426:w=6:h=24:color={ACCENT}:t=fill"
    clock = (
        f",drawtext=fontfile={FACE}:text='%{{pts\\:hms}}':fontsize=64:fontcolor={PAPER}"
        ":x=80:y=574"
        f",drawtext=fontfile={FACE}:text='ANTENNE':fontsize=64:fontcolor={EMBER[3]}"
        ":x=w-tw-80:y=574"
    )
    ground = f"color={INK}:size=1280x720:rate=25:duration={seconds},format=rgb24"
    return f"{ground}{bars}{steps}{sweep}{clock}"


def scenes() -> tuple[Scene, ...]:
    """Return the pictures of the demo with their sounds, the quickest to make first."""
    chord = sounds.figure()
    return (
        _wide("card", 12, _card, sounds.tone(440.0)),
        _wide("press", 24, _press, sounds.pulses()),
        Scene("chord", 720, 720, 30, 20, _chord(20, chord), chord),
        Scene("colony", 1280, 720, 20, 24, _colony(24), sounds.melody(sounds.PENTATONIC, 0.2)),
        _wide("signal", 10, _signal, sounds.melody(sounds.CALL, 0.5)),
        Scene("gasket", 800, 600, 25, 15, _gasket(15), sounds.melody(sounds.CANON, 0.3)),
        Scene("curtain", 720, 1280, 25, 16, _curtain(16), sounds.pad((130.81, 196.0, 293.66))),
        _wide("pond", 16, _pond, sounds.melody(sounds.FALLING, 0.75)),
        _wide("embers", 20, _embers, sounds.noise(900, 4.0), rounds=9),
        _wide("lantern", 24, _lantern, sounds.pad((98.0, 146.83, 196.0, 246.94))),
        Scene("shore", 1280, 720, 20, 24, _shore(24), sounds.pad((110.0, 164.81, 220.0, 277.18))),
    )


def _wide(
    name: str, seconds: int, graph: Callable[[int], str], sound: str, *, rounds: int = 1
) -> Scene:
    height_px = 544 if name == "press" else 720
    return Scene(name, 1280, height_px, 25, seconds, graph(seconds), sound, rounds)
