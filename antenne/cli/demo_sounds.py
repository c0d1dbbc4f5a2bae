"""The sounds of the demo: sines, noise and plucked strings, as graphs of ffmpeg's generators."""

from __future__ import annotations

from typing import Final

RATE_HZ: Final = 48_000
# Notes in hertz; 0 is a rest.
PENTATONIC: Final = (220.0, 261.63, 329.63, 392.0, 440.0, 392.0, 329.63, 523.25, 0, 440.0, 261.63)
FALLING: Final = (659.26, 523.25, 440.0, 0, 587.33, 493.88, 392.0, 0, 329.63, 0)
CANON: Final = (293.66, 369.99, 440.0, 369.99, 220.0, 277.18, 329.63, 277.18, 246.94, 293.66)
CALL: Final = (523.25, 659.26, 783.99, 0, 783.99, 659.26, 523.25, 0)


def pad(notes: tuple[float, ...]) -> str:
    """Return a chord that breathes, each note in its own time."""
    voices = "+".join(
        f"{0.5 / len(notes):.3f}*sin(2*PI*{note}*t+0.6*sin(t/{place + 2}))"
        f"*(0.6+0.4*sin(t*{0.31 + 0.17 * place:.2f}))"
        for place, note in enumerate(notes)
    )
    return _source(voices) + ",aecho=0.8:0.7:240|410:0.3|0.2"


def melody(notes: tuple[float, ...], beat_s: float) -> str:
    """Return plucked notes, over and over, with an echo."""
    pitch = "0"
    for place, note in reversed(list(enumerate(notes))):
        pitch = f"if(eq(mod(floor(t/{beat_s}),{len(notes)}),{place}),{note},{pitch})"
    string = (
        f"st(0,{pitch})*0+st(1,mod(t,{beat_s}))*0+0.4*min(1,ld(1)*300)*exp(-ld(1)*4)"
        "*(sin(2*PI*ld(0)*t)+0.35*sin(4*PI*ld(0)*t)*exp(-ld(1)*6))"
    )
    return _source(string) + ",aecho=0.8:0.75:300|520:0.35|0.22"


def noise(cut_hz: int, swell_s: float) -> str:
    """Return brown noise that swells and ebbs, like wind or a fire."""
    return (
        f"anoisesrc=color=brown:amplitude=0.6:sample_rate={RATE_HZ}:seed=5,lowpass=f={cut_hz}"
        f",tremolo=f={1 / swell_s:.3f}:d=0.5,aformat=channel_layouts=stereo,adelay=0|17"
    )


def tone(hertz: float) -> str:
    """Return the steady tone of a test card."""
    return _source(f"0.12*sin(2*PI*{hertz}*t)")


def pulses() -> str:
    """Return a low pulse with a click above it."""
    beat = "0.5*sin(2*PI*55*t)*exp(-5*mod(t,0.9))*min(1,mod(t,0.9)*200)"
    click = "0.08*sin(2*PI*1760*t)*exp(-40*mod(t+0.45,0.9))"
    return _source(f"{beat}+{click}") + ",aecho=0.8:0.6:450:0.25"


def figure() -> str:
    """Return two voices, left and right, that draw a figure on a screen of two axes."""
    left = "0.3*sin(2*PI*220*t)+0.12*sin(2*PI*660*t+t)"
    right = "0.3*sin(2*PI*330*t+t*0.6)+0.12*sin(2*PI*880*t)"
    return f"aevalsrc='{left}|{right}':sample_rate={RATE_HZ}"


def _source(expression: str) -> str:
    return (
        f"aevalsrc='{expression}':sample_rate={RATE_HZ},aformat=channel_layouts=stereo,adelay=0|14"
    )
