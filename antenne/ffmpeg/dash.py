"""Write the DASH manifest of a finished stream (ISO 23009-1, static, lists of segments)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from antenne.ffmpeg.hls import MediaSegment, segment_rates

_NAMESPACE = "urn:mpeg:dash:schema:mpd:2011"
_PROFILE = "urn:mpeg:dash:profile:isoff-main:2011"
_CHANNELS = "urn:mpeg:mpegB:cicp:ChannelConfiguration"
_ROLE = "urn:mpeg:dash:role:2011"
_BUFFER_S = 2


@dataclass(frozen=True)
class DashTrack:
    """One rendition: its initialisation object, segments, and ticks per second."""

    name: str
    codec: str
    init_uri: str
    timescale: int
    segments: tuple[MediaSegment, ...]


@dataclass(frozen=True)
class DashVideo:
    """One rung; all rungs of a manifest start their segments at the same times."""

    track: DashTrack
    width_px: int
    height_px: int
    fps: Fraction


@dataclass(frozen=True)
class DashAudio:
    """One sound track; *language* is a BCP 47 tag or empty."""

    track: DashTrack
    language: str
    label: str
    channels: int
    sample_rate_hz: int
    default: bool


@dataclass(frozen=True)
class DashText:
    """One WebVTT file."""

    uri: str
    language: str
    label: str


def manifest(
    duration_s: Fraction,
    videos: Sequence[DashVideo],
    audios: Sequence[DashAudio] = (),
    texts: Sequence[DashText] = (),
) -> str:
    """Return the MPD: an aligned set of rungs per codec, one set per sound track and per text."""
    longest = _longest_s([video.track for video in videos] + [audio.track for audio in audios])
    root = Element(
        "MPD",
        xmlns=_NAMESPACE,
        type="static",
        profiles=_PROFILE,
        mediaPresentationDuration=_duration(duration_s),
        minBufferTime=f"PT{_BUFFER_S}S",
        maxSegmentDuration=_duration(longest),
    )
    period = SubElement(root, "Period", id="0", start="PT0S", duration=_duration(duration_s))
    for rungs in _by_codec(videos):
        _video_set(period, rungs)
    for audio in sorted(audios, key=lambda audio: not audio.default):
        _audio_set(period, audio)
    for text in texts:
        _text_set(period, text)
    indent(root)
    body: str = tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{body}\n'


def _by_codec(videos: Sequence[DashVideo]) -> list[list[DashVideo]]:
    """Return the rungs of each codec: a player stays with one, as ISO 23009-1, 5.3.3 wants it."""
    kinds = dict.fromkeys(_kind(video) for video in videos)
    return [[video for video in videos if _kind(video) == kind] for kind in kinds]


def _kind(video: DashVideo) -> str:
    return video.track.codec.partition(".")[0]


def _video_set(period: Element, videos: Sequence[DashVideo]) -> None:
    attributes = {
        "contentType": "video", "mimeType": "video/mp4", "segmentAlignment": "true",
        "startWithSAP": "1",
        "maxWidth": str(max(video.width_px for video in videos)),
        "maxHeight": str(max(video.height_px for video in videos)),
    }  # fmt: skip
    group = SubElement(period, "AdaptationSet", attributes)
    for video in videos:
        representation = _representation(group, video.track)
        representation.set("width", str(video.width_px))
        representation.set("height", str(video.height_px))
        representation.set("frameRate", str(video.fps))
        representation.set("sar", "1:1")
        _segments(representation, video.track)


def _audio_set(period: Element, audio: DashAudio) -> None:
    attributes = {
        "contentType": "audio", "mimeType": "audio/mp4", "segmentAlignment": "true",
        "startWithSAP": "1",
    }  # fmt: skip
    group = SubElement(period, "AdaptationSet", attributes)
    if audio.language:
        group.set("lang", audio.language)
    role = "main" if audio.default else "alternate"
    SubElement(group, "Role", schemeIdUri=_ROLE, value=role)
    SubElement(group, "Label").text = audio.label
    representation = _representation(group, audio.track)
    representation.set("audioSamplingRate", str(audio.sample_rate_hz))
    SubElement(
        representation,
        "AudioChannelConfiguration",
        schemeIdUri=_CHANNELS,
        value=str(audio.channels),
    )
    _segments(representation, audio.track)


def _text_set(period: Element, text: DashText) -> None:
    group = SubElement(period, "AdaptationSet", contentType="text", mimeType="text/vtt")
    if text.language:
        group.set("lang", text.language)
    SubElement(group, "Role", schemeIdUri=_ROLE, value="subtitle")
    SubElement(group, "Label").text = text.label
    representation = SubElement(
        group, "Representation", id=f"text-{text.language or 'und'}", bandwidth="256"
    )
    SubElement(representation, "BaseURL").text = text.uri


def _representation(group: Element, track: DashTrack) -> Element:
    peak_bps, _ = segment_rates(track.segments)
    attributes = {"id": track.name, "codecs": track.codec, "bandwidth": str(max(peak_bps, 1))}
    return SubElement(group, "Representation", attributes)


def _segments(representation: Element, track: DashTrack) -> None:
    """Write the list of segments: one length where all but the last agree, else a timeline."""
    ticks = [round(segment.duration_s * track.timescale) for segment in track.segments]
    node = SubElement(representation, "SegmentList", timescale=str(track.timescale))
    SubElement(node, "Initialization", sourceURL=track.init_uri)
    if len(set(ticks[:-1])) > 1 or ticks[-1] > ticks[0]:
        _timeline(node, ticks)
    else:
        node.set("duration", str(ticks[0]))
    for segment in track.segments:
        last = segment.offset_bytes + segment.size_bytes - 1
        SubElement(
            node, "SegmentURL", media=segment.uri, mediaRange=f"{segment.offset_bytes}-{last}"
        )


def _timeline(node: Element, ticks: Iterable[int]) -> None:
    timeline = SubElement(node, "SegmentTimeline")
    start: dict[str, str] = {"t": "0"}
    for length, run in groupby(ticks):
        SubElement(timeline, "S", {**start, "d": str(length), "r": str(len(list(run)) - 1)})
        start = {}


def _longest_s(tracks: Sequence[DashTrack]) -> Fraction:
    lengths = [segment.duration_s for track in tracks for segment in track.segments]
    return max(lengths, default=Fraction(0))


def _duration(value: Fraction) -> str:
    return f"PT{float(value):.3f}S"
