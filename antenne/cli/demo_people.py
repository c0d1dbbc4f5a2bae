"""Who lives on the demo's site, and what they say to one another: each in their own language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class DemoPerson:
    """Somebody with a channel; the login is `<key>@example.org`."""

    key: str
    name: str
    language: str
    about: str
    channel: str

    @property
    def login(self) -> str:
        """The address with which this person signs in."""
        return f"{self.key}@example.org"


@dataclass(frozen=True)
class Said:
    """A comment, and what was answered."""

    by: str
    words: str
    answers: tuple[Said, ...] = ()


@dataclass(frozen=True)
class Posted:
    """A post in the channel of its writer: words, a scene that it shows, stills of a scene."""

    by: str
    words: str
    title: str = ""
    shows: str = ""
    stills: tuple[tuple[str, int, str], ...] = ()


@dataclass(frozen=True)
class Listed:
    """A public playlist of scenes."""

    by: str
    title: str
    about: str
    scenes: tuple[str, ...]


@dataclass(frozen=True)
class Shown:
    """What a scene is about, how long it has been there, and how often it has been watched."""

    category: str
    tags: tuple[str, ...]
    age_h: int
    sessions: int


PEOPLE: Final = (
    DemoPerson("maren", "Maren Holt", "en", "Keeps the test cards warm.", "station"),
    DemoPerson("ines", "Inès Caron", "fr", "Des formes, de très près.", "geometry"),
    DemoPerson("tomas", "Tomás Vidal", "es", "Pocas reglas y mucha paciencia.", "colonies"),
    DemoPerson("aiko", "Aiko Mori", "ja", "音を目で聴いています。", "listening"),
    DemoPerson("bia", "Bia Rocha", "pt-br", "Fogo, água e luz, sem janela.", "weather"),
)

SHOWN: Final[Mapping[str, Shown]] = {
    "card": Shown("tv", ("test card", "440 Hz"), 20 * 24, 41),
    "signal": Shown("tv", ("test card", "jingle"), 17 * 24, 58),
    "gasket": Shown("creation", ("fractal", "sierpinski"), 13 * 24, 33),
    "press": Shown("creation", ("zone plate", "print"), 11 * 24 + 5, 64),
    "chord": Shown("music", ("lissajous", "fifth"), 8 * 24 + 2, 87),
    "colony": Shown("tech", ("game of life", "conway"), 6 * 24 + 9, 142),
    "embers": Shown("lifestyle", ("fire", "slow tv"), 5 * 24, 176),
    "curtain": Shown("travel", ("aurora", "upright"), 3 * 24 + 7, 71),
    "pond": Shown("music", ("waves", "water"), 2 * 24 + 3, 95),
    "lantern": Shown("creation", ("light", "slow tv"), 27, 38),
    "shore": Shown("creation", ("fractal", "mandelbrot"), 5, 120),
}

# Of which scene, and of which of its seconds, a channel has its pictures.
AVATARS: Final[Mapping[str, tuple[str, int]]] = {
    "station": ("signal", 4),
    "geometry": ("shore", 20),
    "colonies": ("colony", 16),
    "listening": ("chord", 9),
    "weather": ("embers", 6),
}
BANNERS: Final[Mapping[str, tuple[str, int]]] = {
    "station": ("card", 5),
    "geometry": ("press", 14),
    "colonies": ("colony", 4),
    "listening": ("pond", 8),
    "weather": ("lantern", 13),
}

TALK: Final[Mapping[str, tuple[Said, ...]]] = {
    "card": (
        Said("tomas", "Afiné la guitarra con esto. 440 exactos."),
        Said("bia", "Que saudade disso."),
    ),
    "signal": (
        Said("ines", "Dix secondes, et tout est dit."),
        Said("aiko", "0:04 の波がきれいです。"),
    ),
    "press": (
        Said(
            "maren",
            "Looked at the edge, as told. Then at the middle. Should have listened.",
            (Said("ines", "Tout le monde regarde le milieu."),),
        ),
    ),
    "chord": (
        Said("ines", "Une quinte juste, trois pour deux : ça s'entend, et ça se voit."),
        Said("maren", "Headphones make this one twice as good."),
    ),
    "colony": (
        Said(
            "maren",
            "Is this the rule with two or three neighbours?",
            (Said("tomas", "Sí: dos o tres para seguir viva, tres para nacer. Nada más."),),
        ),
        Said("aiko", "0:08 からの静けさが好きです。"),
        Said("ines", "Le planeur, en haut à droite, s'en sort."),
    ),
    "gasket": (Said("tomas", "Quitas el noveno del medio, otra vez, y otra. ¿Qué queda?"),),
    "curtain": (
        Said("maren", "At last a reason to hold the telephone upright."),
        Said("aiko", "縦の画面に、縦の光。"),
    ),
    "pond": (
        Said("bia", "Assisti três vezes, uma por pedra."),
        Said(
            "ines",
            "À 0:10 les trois ondes se traversent sans se gêner. À méditer.",
            (Said("aiko", "人間もそうだといいですね。"),),
        ),
    ),
    "embers": (
        Said(
            "maren",
            "This has been on in the newsroom since seven this morning.",
            (Said("bia", "Então já é hora de pôr mais lenha."),),
        ),
        Said("tomas", "Casi huele a humo."),
        Said("ines", "Trois minutes de silence, avec du bruit dedans. Merci."),
    ),
    "lantern": (Said("maren", "Left it on during a meeting. The meeting went better."),),
    "shore": (
        Said(
            "maren",
            "I lost count of the spirals at 0:15. Has anybody got further?",
            (
                Said("ines", "Quatre cent onze. Après, les nombres s'arrêtent avant moi."),
                Said("maren", "Then I was not far off."),
            ),
        ),
        Said("aiko", "どこまで近づいても、岸に着かない。"),
        Said("tomas", "0:06 es mi momento: el valle aparece de golpe."),
    ),
}

LIKES: Final[Mapping[str, str]] = {
    "card": "tomas bia",
    "signal": "ines aiko bia",
    "press": "maren tomas",
    "chord": "ines maren bia tomas",
    "colony": "maren aiko ines",
    "gasket": "tomas aiko",
    "curtain": "maren aiko ines",
    "pond": "bia ines maren tomas",
    "embers": "maren tomas ines aiko",
    "lantern": "maren aiko",
    "shore": "maren aiko tomas bia",
}

FOLLOWS: Final[Mapping[str, str]] = {
    "maren": "geometry weather listening",
    "ines": "listening weather",
    "tomas": "geometry station",
    "aiko": "geometry colonies weather",
    "bia": "geometry listening station",
}

PLAYLISTS: Final = (
    Listed(
        "maren",
        "For a quiet evening",
        "Low light, no plot.",
        ("embers", "pond", "lantern", "curtain"),
    ),
    Listed("ines", "À regarder de près", "", ("shore", "press", "gasket", "colony")),
    Listed("aiko", "見える音", "", ("chord", "pond", "signal")),
)

POSTS: Final = (
    Posted(
        "ines",
        "Trois arrêts sur la descente : l'île, la vallée, les spirales. #fractales",
        stills=(
            ("shore", 2, "Une forme noire au bord découpé, sur un fond orange."),
            ("shore", 11, "Une vallée bordée de spirales."),
            ("shore", 22, "Une spirale, vue de tout près."),
        ),
    ),
    Posted("bia", "O fogo de hoje, de perto.", stills=(("embers", 9, "Brasas vermelhas."),)),
    Posted(
        "maren",
        "First the test card, then embers until somebody gets up to put a log on, then the coast."
        " All times are approximate, as on every good station.",
        title="Tonight",
        shows="embers",
    ),
    Posted("aiko", "石を三つ投げました。ヘッドホンでどうぞ。", shows="pond"),
)

GROUP_NAME: Final = "Slow looking"
GROUP_ABOUT: Final = "One picture a week, looked at for longer than it takes."
GROUP_KEEPER: Final = "aiko"
DISCUSSIONS: Final = (
    Posted(
        "maren",
        "Pause at 0:08 and pick one cell. Where is it ten seconds later?",
        title="This week: two hundred generations",
        shows="colony",
    ),
    Posted(
        "ines",
        "Qui a une image qui ne bouge presque pas ? J'en cherche une pour décembre.",
        title="Pour décembre",
    ),
)

CAPTIONED: Final = "shore"
# What is read in the captioned scene, by language: its label, and the words with their seconds.
CAPTIONS: Final[Mapping[str, tuple[str, tuple[str, str, str, str]]]] = {
    "en": (
        "English",
        (
            "This is the whole island.",
            "Here begins the valley of the seahorses.",
            "Every bay has bays of its own.",
            "Two thousand times closer, the coast is as long as before.",
        ),
    ),
    "fr": (
        "Français",
        (
            "Voici l'île entière.",
            "Ici commence la vallée des hippocampes.",
            "Chaque baie a ses propres baies.",
            "Deux mille fois plus près, la côte est toujours aussi longue.",
        ),
    ),
    "es": (
        "Español",
        (
            "Esta es la isla entera.",
            "Aquí empieza el valle de los caballitos de mar.",
            "Cada bahía tiene sus propias bahías.",
            "Dos mil veces más cerca, la costa es igual de larga.",
        ),
    ),
    "ja": (
        "日本語",
        (
            "これが島の全体です。",
            "ここからタツノオトシゴの谷。",
            "どの入り江にも、また入り江がある。",
            "二千倍近づいても、岸の長さは変わらない。",
        ),
    ),
    "pt": (
        "Português",
        (
            "Esta é a ilha inteira.",
            "Aqui começa o vale dos cavalos-marinhos.",
            "Cada baía tem as suas próprias baías.",
            "Duas mil vezes mais perto, a costa é tão longa como antes.",
        ),
    ),
}
CAPTION_TIMES_S: Final = ((0, 5), (6, 11), (12, 17), (18, 23))
