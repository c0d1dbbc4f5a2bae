"""Build the argument lists for ffmpeg; nothing here runs anything.

Every output is a fragmented MP4 with one track on pipe:3, pipe:4 … in the order asked for, all
beginning at TIMELINE_DELAY_S. Whoever runs them must drain all pipes at the same time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from antenne.ffmpeg.cmaf import TIMELINE_DELAY_S
from antenne.ffmpeg.encoders import SEI_UNIT, video_encoder
from antenne.ffmpeg.filters import Span, audio_chain, seconds, timeline_zero_s, video_graph
from antenne.ffmpeg.ladder import Rung
from antenne.ffmpeg.streams import AudioStream, Probe

FIRST_PIPE = 3
AUDIO_FRAGMENT_S = 4
_COPY_FRAGMENT_S = 2
_MUCH_SMALLER = 4
_TIMESCALE_LEAST = 10_000
_MPEG_TIMESCALE = 90_000
_BITS_PER_CHANNEL_BPS = {1: 96_000, 2: 128_000}


@dataclass(frozen=True)
class Source:
    """A file to read, and what was found out about it."""

    path: Path
    probe: Probe


@dataclass(frozen=True)
class AudioTrack:
    """One sound track to make: copied as it is, or encoded with a linear gain in dB."""

    stream: AudioStream
    copy: bool = False
    gain_db: float = 0.0


@dataclass(frozen=True)
class Chunk:
    """A span of frames to encode on its own; keys are frames of the span that start a segment.

    *seek_s* is a time of the source's own clock at or before which decoding may begin: that of a
    key frame not later than the span. None decodes from the start of the file.
    """

    span: Span
    keys: tuple[int, ...]
    seek_s: Fraction | None = None


def timescale_of(fps: Fraction) -> int:
    """Return the ticks per second with which every frame lasts a whole number of ticks."""
    if (_MPEG_TIMESCALE * fps.denominator) % fps.numerator == 0:
        return _MPEG_TIMESCALE
    return fps.numerator * -(-_TIMESCALE_LEAST // fps.numerator)


def frame_ticks(fps: Fraction) -> int:
    """Return how many ticks of timescale_of(fps) one frame lasts."""
    return int(timescale_of(fps) / fps)


def video_chunk_argv(
    ffmpeg: Path, source: Source, rungs: Sequence[Rung], chunk: Chunk, threads: int
) -> list[str]:
    """Return the command that decodes a span once and encodes it for all *rungs*.

    The rungs must share one frame rate. Chunks of one rung can be played one after the other
    when each is moved by its first frame times frame_ticks.
    """
    video = source.probe.video
    if video is None:
        raise ValueError("a source without a picture has no video chunks")
    graph = video_graph(video, timeline_zero_s(source.probe), chunk.span, rungs)
    pixels = max(rung.width * rung.height for rung in rungs)
    much_smaller = video.width * video.height >= _MUCH_SMALLER * pixels
    hasty = much_smaller and all(rung.hasty for rung in rungs)
    argv = [*_input(ffmpeg, source, chunk.seek_s, hasty=hasty), "-filter_complex", graph]
    for n, rung in enumerate(rungs):
        argv += ["-map", f"[v{n}]", *video_encoder(rung, chunk.keys, threads)]
        argv += _output(n, timescale_of(rung.fps), ("+frag_keyframe",))
    return argv


def copy_argv(
    ffmpeg: Path, source: Source, audios: Sequence[AudioTrack], *, video: bool = True
) -> list[str]:
    """Return the command that copies the picture (if *video*) and makes all sound tracks.

    The order of pipes is picture, then *audios*.
    """
    argv = _input(ffmpeg, source, None)
    first_audio = 0
    if video:
        argv += _video_copy(source.probe)
        first_audio = 1
    for n, track in enumerate(audios, start=first_audio):
        argv += _audio_track(source.probe, track, n)
    return argv


def audio_argv(ffmpeg: Path, source: Source, audios: Sequence[AudioTrack]) -> list[str]:
    """Return the command that makes the sound tracks alone, each in one continuous run."""
    return copy_argv(ffmpeg, source, audios, video=False)


def _input(
    ffmpeg: Path, source: Source, seek_s: Fraction | None, *, hasty: bool = False
) -> list[str]:
    """Return the program and the options that open the source and nothing else.

    A *hasty* decode leaves out smoothing between blocks, which hardly shows in a small picture.
    """
    fast = ["-skip_loop_filter", "all"] if hasty else []
    seek = [] if seek_s is None else ["-seek_timestamp", "1", "-ss", seconds(seek_s)]
    return [
        str(ffmpeg), "-nostdin", "-hide_banner", "-loglevel", "error",
        "-protocol_whitelist", "file,pipe", "-format_whitelist", source.probe.container,
        "-copyts", "-noaccurate_seek", *seek, *fast, "-noautorotate", "-i", str(source.path),
    ]  # fmt: skip


def _output(pipe: int, timescale: int | None, flags: Sequence[str]) -> list[str]:
    """Return the options that end an output: container, timeline, no metadata, which pipe."""
    scale = [] if timescale is None else ["-video_track_timescale", str(timescale)]
    return [
        "-map_metadata", "-1", "-map_chapters", "-1", "-fflags", "+bitexact",
        "-output_ts_offset", str(TIMELINE_DELAY_S), "-avoid_negative_ts", "disabled",
        *scale, "-f", "mp4", "-write_btrt", "0", "-use_editlist", "0",
        "-movflags", "+empty_moov+default_base_moof+frag_discont+skip_trailer" + "".join(flags),
        f"pipe:{FIRST_PIPE + pipe}",
    ]  # fmt: skip


def _video_copy(probe: Probe) -> list[str]:
    """Return the options that copy the picture without its side information."""
    if probe.video is None:
        raise ValueError("a source without a picture cannot be copied as video")
    return [
        "-map", f"0:{probe.video.index}", "-c:v", "copy",
        "-bsf:v", f"filter_units=remove_types={SEI_UNIT}",
        "-min_frag_duration", str(_COPY_FRAGMENT_S * 1_000_000),
        *_shifted(_output(0, None, ("+frag_keyframe",)), timeline_zero_s(probe)),
    ]  # fmt: skip


def _audio_track(probe: Probe, track: AudioTrack, pipe: int) -> list[str]:
    """Return the options of one sound track, copied or encoded.

    What lies before the zero of the timeline is the encoder's priming. It is dropped, so that
    every player starts with the same sample and none needs an edit list.
    """
    argv = ["-map", f"0:{track.stream.index}"]
    cut = ["-frag_duration", str(AUDIO_FRAGMENT_S * 1_000_000)]
    if track.copy:
        before = f"noise=drop='lt(pts*tb,{seconds(timeline_zero_s(probe))}-0.0001)'"
        argv += ["-c:a", "copy", "-bsf:a", f"aac_adtstoasc,{before}", *cut]
        return argv + _shifted(_output(pipe, None, ()), timeline_zero_s(probe))
    argv += ["-af", audio_chain(track.stream, timeline_zero_s(probe), track.gain_db)]
    return argv + sound_output(channels=min(track.stream.channels, 2), pipe=pipe)


def sound_output(*, channels: int, pipe: int = 0) -> list[str]:
    """Return the options that encode sound into fragments on one pipe."""
    return [
        "-c:a", "aac", "-b:a", str(_BITS_PER_CHANNEL_BPS[channels]), "-ac", str(channels),
        "-flags:a", "+bitexact", "-bsf:a", "noise=drop='lt(pts,0)'",
        "-frag_duration", str(AUDIO_FRAGMENT_S * 1_000_000), *_output(pipe, None, ()),
    ]  # fmt: skip


def _shifted(output: list[str], zero_s: Fraction) -> list[str]:
    """Return output options with the source's own clock set to ours."""
    at = output.index("-output_ts_offset") + 1
    return [*output[:at], seconds(TIMELINE_DELAY_S - zero_s), *output[at + 1 :]]
