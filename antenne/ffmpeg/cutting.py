"""Cut parts of a source out into one file, exact to the picture, without hearable loss.

The file is what every source becomes in the end (upright, progressive, 8 bits of BT.709), coded so
finely that what is made of it looks as if made of the source.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Final

from antenne.ffmpeg.command import Source
from antenne.ffmpeg.filters import picture_chain, seconds, timeline_zero_s
from antenne.ffmpeg.languages import language_in_file
from antenne.ffmpeg.streams import AudioStream, Probe, VideoStream

Ranges = Sequence[tuple[int, int]]
"""Parts that stay, as (from, to) in milliseconds of the video's own time, in order."""

_CRF: Final = 14
_KEY_S: Final = 2
_STEREO: Final = 2
_SECOND_MS: Final = 1000


def cut_argv(
    ffmpeg: Path,
    source: Source,
    ranges: Ranges,
    made: Path,
    *,
    seek_s: Fraction | None = None,
) -> list[str]:
    """Return the command that writes the parts of a source, one after the other, into *made*.

    *seek_s* is a time of the source's own clock before which nothing is needed, or None.
    """
    probe = source.probe
    seek = [] if seek_s is None else ["-seek_timestamp", "1", "-ss", seconds(seek_s)]
    argv = [
        str(ffmpeg), "-nostdin", "-hide_banner", "-loglevel", "error",
        "-protocol_whitelist", "file,pipe", "-format_whitelist", probe.container,
        "-copyts", "-noaccurate_seek", *seek, "-noautorotate", "-i", str(source.path),
        "-filter_complex", _graph(probe, ranges, sought=seek_s is not None),
    ]  # fmt: skip
    if probe.video is not None:
        argv += ["-map", "[v]", *_video_encoder(probe.video)]
    for track, audio in enumerate(probe.audios):
        argv += ["-map", f"[a{track}]", f"-c:a:{track}", "flac", *_said(track, audio)]
    argv += ["-map_metadata", "-1", "-map_chapters", "-1", "-strict", "-2", "-f", "mp4"]
    return [*argv, str(made)]


def _video_encoder(video: VideoStream) -> list[str]:
    return [
        "-c:v", "libx264", "-preset", "veryfast", "-crf", str(_CRF), "-profile:v", "high",
        "-pix_fmt", "yuv420p", "-g", str(round(_KEY_S * video.fps)), "-fps_mode", "cfr",
        "-r", str(video.fps), "-color_primaries", "bt709", "-color_trc", "bt709",
        "-colorspace", "bt709", "-color_range", "tv",
    ]  # fmt: skip


def _said(track: int, audio: AudioStream) -> list[str]:
    """Return what the file is to say of a sound track."""
    said = {"language": language_in_file(audio.language), "title": audio.title}
    return [
        word
        for name, value in said.items()
        if value
        for word in (f"-metadata:s:a:{track}", f"{name}={value}")
    ]


def _graph(probe: Probe, ranges: Ranges, *, sought: bool) -> str:
    """Return the filters: each stream on our timeline, split, trimmed, joined again."""
    parts = ranges_on_grid(ranges, probe.video.fps if probe.video else None)
    count = len(parts)
    lines = []
    if probe.video is not None:
        lines += _video_parts(probe, probe.video, parts, sought=sought)
    for track, audio in enumerate(probe.audios):
        lines += _audio_parts(probe, audio, track, parts, sought=sought)
    joined = "".join(
        ("[v{n}]" if probe.video else "").format(n=n)
        + "".join(f"[a{track}_{n}]" for track in _tracks(probe))
        for n in range(count)
    )
    tails = ("[v]" if probe.video else "") + "".join(f"[a{track}]" for track in _tracks(probe))
    pictures = int(probe.video is not None)
    lines.append(f"{joined}concat=n={count}:v={pictures}:a={len(probe.audios)}{tails}")
    return ";".join(lines)


def _tracks(probe: Probe) -> range:
    return range(len(probe.audios))


def ranges_on_grid(ranges: Ranges, fps: Fraction | None) -> list[tuple[Fraction, Fraction]]:
    """Return parts in seconds, moved to the nearest picture where there are pictures."""
    parts = [(Fraction(start, _SECOND_MS), Fraction(end, _SECOND_MS)) for start, end in ranges]
    if fps is None:
        return parts
    return [
        (round(start * fps) / fps, max(round(end * fps), round(start * fps) + 1) / fps)
        for start, end in parts
    ]


def _video_parts(
    probe: Probe,
    video: VideoStream,
    parts: Sequence[tuple[Fraction, Fraction]],
    *,
    sought: bool,
) -> list[str]:
    chain = [f"setpts=PTS-round({seconds(timeline_zero_s(probe))}/TB)"]
    if video.interlaced:
        chain.append("bwdif=mode=send_frame:deint=all")
    chain.append(f"fps=fps={video.fps}" + ("" if sought else ":start_time=0"))
    chain += picture_chain(video, video.width // 2 * 2, video.height // 2 * 2)
    heads = "".join(f"[w{n}]" for n in range(len(parts)))
    lines = [f"[0:{video.index}]{','.join(chain)},setsar=1,split={len(parts)}{heads}"]
    for n, (start, end) in enumerate(parts):
        first, last = round(start * video.fps), round(end * video.fps)
        lines.append(f"[w{n}]trim=start_pts={first}:end_pts={last},setpts=PTS-STARTPTS[v{n}]")
    return lines


def _audio_parts(
    probe: Probe,
    audio: AudioStream,
    track: int,
    parts: Sequence[tuple[Fraction, Fraction]],
    *,
    sought: bool,
) -> list[str]:
    chain = sound_chain(audio, timeline_zero_s(probe), sought=sought)
    heads = "".join(f"[s{track}_{n}]" for n in range(len(parts)))
    lines = [f"[0:{audio.index}]{chain},asplit={len(parts)}{heads}"]
    for n, part in enumerate(parts):
        lines.append(f"[s{track}_{n}]{sound_part(part)}[a{track}_{n}]")
    return lines


def sound_chain(audio: AudioStream, zero_s: Fraction, *, sought: bool = False) -> str:
    """Return the filters that put a sound track on our timeline without a hole."""
    first = "" if sought else ":first_pts=0"
    layout = "mono" if audio.channels == 1 else "stereo"
    if audio.channels > _STEREO:
        layout = "5.1" if audio.channels > 4 else "stereo"  # noqa: PLR2004 - a bed with a centre
    return (
        f"asetpts=PTS-round({seconds(zero_s)}/TB),"
        f"aresample=48000:async=1{first}:out_chlayout={layout}:out_sample_fmt=s16"
    )


def sound_part(part: tuple[Fraction, Fraction]) -> str:
    """Return the filters that keep one part of a sound track, exactly as long as it is."""
    start, end = part
    # The last samples of a track that ends early are silence: pictures and sound stay together.
    return (
        f"atrim=start={seconds(start)}:end={seconds(end)},asetpts=PTS-STARTPTS,"
        f"apad=whole_dur={seconds(end - start)}"
    )
