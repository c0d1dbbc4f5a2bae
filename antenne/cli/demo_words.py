"""What the demo's channels and videos are called, in the language of the site."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class DemoChannel:
    """A channel of the demo; its handle is the same in every language."""

    handle: str
    name: str
    about: str


@dataclass(frozen=True)
class DemoVideo:
    """What is said of a scene: in which channel it stands, and its chapters with their seconds."""

    channel: str
    title: str
    about: str
    chapters: tuple[tuple[int, str], ...] = ()

    @property
    def description(self) -> str:
        """The text with its chapters, one a line, as a person would write them."""
        lines = [f"0:{second:02d} {title}" for second, title in self.chapters]
        return "\n".join([self.about, "", *lines]).strip()


def channels() -> tuple[DemoChannel, ...]:
    """Return the channels in the order in which they are made."""
    return (
        DemoChannel("station", _("The station"), _("Signals, test cards and the time.")),
        DemoChannel("geometry", _("Slow geometry"), _("Shapes that take their time.")),
        DemoChannel("colonies", _("Small colonies"), _("Simple rules, and what comes of them.")),
        DemoChannel("listening", _("Listening rooms"), _("Sound that can be seen.")),
        DemoChannel("weather", _("Indoor weather"), _("Fire, water and light without a window.")),
    )


def videos() -> Mapping[str, DemoVideo]:
    """Return what is said of each scene, by its name."""
    return {**_station(), **_geometry(), **_listening(), **_weather()}


def _station() -> dict[str, DemoVideo]:
    return {
        "card": DemoVideo(
            "station", _("Test card"), _("Seven colours, ten greys, one tone at 440 hertz.")
        ),
        "signal": DemoVideo(
            "station", _("On the air"), _("A mast, a wave, a short call. Ten seconds.")
        ),
    }


def _geometry() -> dict[str, DemoVideo]:
    return {
        "shore": DemoVideo(
            "geometry",
            _("A coast without end"),
            _("Down into the seahorse valley of the Mandelbrot set, two thousand times closer."),
            ((0, _("The whole island")), (6, _("The valley")), (15, _("The spirals"))),
        ),
        "press": DemoVideo(
            "geometry",
            _("Rings, pressed in ink"),
            _("A zone plate turns slowly under the press. Look at its edge, not at its middle."),
            ((0, _("Paper")), (10, _("Ink")), (20, _("Both"))),
        ),
        "gasket": DemoVideo(
            "geometry",
            _("A carpet of holes"),
            _("The Sierpinski carpet: take away the middle ninth, and again, and again."),
        ),
        "colony": DemoVideo(
            "colonies",
            _("Two hundred generations"),
            _("Conway's game of life. Ink lives, red has just died, paper has forgotten."),
            ((0, _("Crowds")), (8, _("Settling")), (16, _("Still lifes"))),
        ),
    }


def _listening() -> dict[str, DemoVideo]:
    return {
        "chord": DemoVideo(
            "listening",
            _("A fifth, drawn by itself"),
            _("Left goes across, right goes up: two voices in the ratio 3 : 2, with overtones."),
        ),
        "pond": DemoVideo(
            "listening",
            _("Three stones in a pond"),
            _("Three waves meet and let each other pass."),
            ((0, _("The first")), (5, _("The second")), (10, _("All three"))),
        ),
    }


def _weather() -> dict[str, DemoVideo]:
    return {
        "embers": DemoVideo(
            "weather", _("Embers"), _("A fire an hour after anybody looked at it. With its sound.")
        ),
        "lantern": DemoVideo(
            "weather",
            _("Lantern, turning"),
            _("One lamp, six colours, no hurry."),
            ((0, _("Evening")), (8, _("Night")), (16, _("Morning"))),
        ),
        "curtain": DemoVideo(
            "weather",
            _("Northern light, standing up"),
            _("An aurora for telephones: watch it upright."),
        ),
    }
