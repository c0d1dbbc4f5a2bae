"""Short clips with known truth, made by ffmpeg's own generators and kept between runs.

`clip("plain")` returns a path that must not be written to. CLIPS says what each one is;
`frame_numbers` reads back the numbers that "numbered" clips carry in their pictures.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from antenne.ffmpeg.binaries import ffmpeg_path
from antenne.processes.runner import Limits, Sandbox, run

CUT_S = 1.0
TONE_HZ = 440
FLASHES_S = (1.0, 3.0)
NUMBER_BITS = 10
CAPTIONS_SRT = "1\n00:00:01,000 --> 00:00:02,500\nBonjour <i>à</i> tous\n\n"
LATE_AUDIO_S = 0.5
# A Persian word whose parts are kept apart by what cannot be seen.
JOINED = "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"

LIMITS = Limits(wall_s=120, cpu_s=120, memory_bytes=4 * 1024**3, file_bytes=1024**3)

X264 = ("-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p", "-g", "60")
AAC = ("-c:a", "aac", "-b:a", "96k")
BT709 = ("-x264-params", "colorprim=bt709:transfer=bt709:colormatrix=bt709:fullrange=off")
FAST = ("-movflags", "+faststart")
X264_AAC = (*X264, *AAC, *BT709, *FAST)


def lavfi(graph: str) -> tuple[str, ...]:
    """Read a generated source."""
    return ("-f", "lavfi", "-i", graph)


def pattern(size: str = "320x180", rate: str = "30", seconds: float = 4) -> tuple[str, ...]:
    """A moving test pattern."""
    return lavfi(f"testsrc2=size={size}:rate={rate}:duration={seconds}")


def tone(seconds: float = 4, hertz: int = TONE_HZ, volume: float = 1) -> tuple[str, ...]:
    """A tone in both of two channels."""
    graph = f"sine=frequency={hertz}:sample_rate=48000:duration={seconds}"
    return lavfi(f"{graph},volume={volume},aformat=channel_layouts=stereo")


def cut(size: str = "320x180", rate: str = "30", seconds: float = 4) -> tuple[str, ...]:
    """A hard cut from blue to orange at CUT_S."""
    rest = seconds - CUT_S
    return lavfi(
        f"color=blue:size={size}:rate={rate}:duration={CUT_S}[a];"
        f"color=orange:size={size}:rate={rate}:duration={rest}[b];[a][b]concat=n=2:v=1:a=0"
    )


def flashes(seconds: float = 5) -> tuple[str, ...]:
    """White flashes and 1 kHz beeps of 0.1 s that begin together at FLASHES_S."""
    when = "+".join(f"between(t,{at},{at + 0.0999})" for at in FLASHES_S)
    heard = "+".join(f"gte(t,{at})*lt(t,{at + 0.1})" for at in FLASHES_S)
    return (
        *lavfi(
            f"color=black:size=320x180:rate=30:duration={seconds},"
            f"drawbox=color=white:t=fill:enable='{when}'"
        ),
        *lavfi(f"aevalsrc='sin(2*PI*1000*t)*({heard})':sample_rate=48000:duration={seconds}"),
    )


def numbered(rate: str, seconds: float, size: str = "320x180") -> tuple[str, ...]:
    """Frames that carry their number as white and black columns, lowest bit first."""
    boxes = ",".join(
        f"drawbox=x=iw*{bit}/{NUMBER_BITS}:w=iw/{NUMBER_BITS}:h=ih:color=white:t=fill"
        f":enable='mod(floor(n/{2**bit}),2)'"
        for bit in range(NUMBER_BITS)
    )
    return lavfi(f"color=black:size={size}:rate={rate}:duration={seconds},{boxes}")


@dataclass(frozen=True)
class Recipe:
    """The end of the file's name, ffmpeg's arguments, and the clip it reads first, if any."""

    suffix: str
    arguments: tuple[str, ...]
    reads: str = ""


def hdr(transfer: str) -> Recipe:
    """Ten bits in BT.2020 with a PQ or HLG transfer tagged in the bitstream."""
    tags = f"colorprim=bt2020:transfer={transfer}:colormatrix=bt2020nc:log-level=error:pools=1"
    return Recipe(
        ".mp4",
        (
            *(*pattern("640x360", "30", 2), *tone(2)),
            *("-c:v", "libx265", "-preset", "ultrafast", "-pix_fmt", "yuv420p10le"),
            *("-x265-params", tags, "-tag:v", "hvc1", *AAC),
            *("-color_primaries", "bt2020", "-color_trc", transfer, "-colorspace", "bt2020nc"),
        ),
    )


CLIPS: dict[str, Recipe] = {
    "plain": Recipe(".mp4", (*pattern(), *tone(), *X264_AAC)),
    "cut": Recipe(".mp4", (*cut(), *tone(), *X264_AAC)),
    "flashes": Recipe(".mp4", (*flashes(), *X264_AAC)),
    "numbered": Recipe(".mp4", (*numbered("30", 12), *tone(12), *X264_AAC)),
    "numbered_ntsc": Recipe(".mp4", (*numbered("30000/1001", 12), *tone(12), *X264_AAC)),
    "long": Recipe(".mp4", (*pattern("320x180", "30", 60), *tone(60), *X264_AAC)),
    # Longer than players buffer.
    "lecture": Recipe(".mp4", (*pattern("320x180", "30", 180), *tone(180), *X264_AAC)),
    "portrait": Recipe(".mp4", (*pattern("180x320"), *tone(), *X264_AAC)),
    "hd": Recipe(".mp4", (*pattern("1280x720", "30", 6), *tone(6), *X264_AAC)),
    "rotated": Recipe(".mp4", ("-display_rotation", "-90", "-i", "{read}", "-c", "copy"), "plain"),
    "anamorphic": Recipe(".mp4", (*pattern(), *tone(), "-vf", "setsar=4/3", *X264_AAC)),
    "vfr": Recipe(
        ".mp4",
        (
            *(*pattern(), *tone()),
            *("-vf", "select='lt(t,1)+not(mod(n,3))'", "-fps_mode", "vfr", *X264_AAC),
        ),
    ),
    "fast_120": Recipe(".mp4", (*pattern("320x180", "120", 2), *tone(2), *X264_AAC)),
    "late_audio": Recipe(
        ".mp4", (*pattern(), "-itsoffset", str(LATE_AUDIO_S), *tone(3.5), *X264_AAC)
    ),
    "late_start": Recipe(
        ".ts", ("-i", "{read}", "-c", "copy", "-output_ts_offset", "95000"), "plain"
    ),
    "no_audio": Recipe(".mp4", (*pattern(), *X264, *BT709, *FAST)),
    "silent": Recipe(".mp4", (*pattern(), *tone(volume=0), *X264_AAC)),
    "quiet": Recipe(".mp4", (*pattern(), *tone(volume=0.05), *X264_AAC)),
    "odd_size": Recipe(
        ".mp4",
        (
            *(*pattern("640x360"), *tone(), "-vf", "format=yuv444p,crop=321:181:exact=1"),
            *(*X264_AAC, "-pix_fmt", "yuv444p"),
        ),
    ),
    "full_range": Recipe(
        ".mp4",
        (
            *(*pattern(), *tone(), *X264_AAC, "-vf", "scale=out_range=pc"),
            *("-x264-params", "colorprim=bt709:transfer=bt709:colormatrix=bt709:fullrange=on"),
        ),
    ),
    "sd_601": Recipe(
        ".mp4",
        (
            *(*pattern("720x480", "30000/1001"), *tone(), *X264, *AAC, *FAST),
            *("-vf", "scale=out_color_matrix=smpte170m,setsar=8/9"),
            *("-x264-params", "colorprim=smpte170m:transfer=smpte170m:colormatrix=smpte170m"),
        ),
    ),
    "interlaced": Recipe(
        ".ts",
        (
            *(*pattern("720x576", "50"), *tone(), "-vf", "tinterlace=interleave_top,setfield=tff"),
            *("-c:v", "mpeg2video", "-b:v", "4M", "-flags", "+ildct+ilme", *AAC),
        ),
    ),
    "open_gop": Recipe(
        ".mp4",
        (
            *pattern(),
            *tone(),
            *X264_AAC,
            "-x264-params",
            "open-gop=1:bframes=2:keyint=30:scenecut=0",
        ),
    ),
    "late_long_gop": Recipe(
        ".mp4",
        (
            *(*pattern(seconds=40), *tone(40), *X264_AAC, "-g", "9999", "-sc_threshold", "0"),
            *("-force_key_frames", "0,2,4,6,8,10,12,14"),
        ),
    ),
    "one_keyframe": Recipe(".mp4", (*pattern(seconds=12), *tone(12), *X264_AAC, "-g", "9999")),
    "one_frame": Recipe(".mp4", (*pattern(), *X264, *BT709, "-frames:v", "1")),
    "fragmented": Recipe(
        ".mp4",
        ("-i", "{read}", "-c", "copy", "-movflags", "delay_moov+frag_keyframe"),
        "long",
    ),
    "vp9": Recipe(
        ".webm",
        (
            *(*pattern(), *tone(), "-c:v", "libvpx-vp9", "-deadline", "realtime"),
            *("-cpu-used", "8", "-c:a", "libopus"),
        ),
    ),
    # As old cameras write: large, and never copied.
    "camera": Recipe(
        ".mov",
        (
            *lavfi("testsrc2=size=1280x720:rate=30:duration=16,noise=alls=6:allf=t"),
            *(*tone(16), "-c:v", "mjpeg", "-q:v", "9", "-pix_fmt", "yuvj420p", "-c:a", "pcm_s16le"),
        ),
    ),
    "no_index": Recipe(".mkv", ("-i", "{read}", "-c", "copy", "-live", "1"), "long"),
    "pq": hdr("smpte2084"),
    "hlg": hdr("arib-std-b67"),
    "audio_only": Recipe(".m4a", (*tone(), *AAC)),
    "cover_art": Recipe(
        ".m4a",
        (
            *(*tone(), *pattern("600x600", "1", 1), *AAC, "-c:v", "mjpeg", "-frames:v", "1"),
            *("-disposition:v", "attached_pic"),
        ),
    ),
    "two_languages": Recipe(
        ".mkv",
        (
            *(*pattern(), *tone(), *tone(hertz=880), *X264, *BT709, "-c:a", "libopus"),
            *("-map", "0", "-map", "1", "-map", "2"),
            *("-metadata:s:a:0", "language=eng", "-metadata:s:a:1", "language=fra"),
            *("-metadata:s:a:1", f"title={JOINED}"),
        ),
    ),
    "captioned": Recipe(
        ".mkv",
        (
            *(*pattern(), *tone(), "-i", "{folder}/captions.srt", *X264, *AAC),
            *("-c:s", "srt", "-metadata:s:s:0", "language=fra"),
        ),
    ),
    "captioned_long": Recipe(
        ".mkv",
        (
            *(*pattern(seconds=40), *tone(40), "-i", "{folder}/captions.srt", *X264, *AAC),
            *("-c:s", "srt", "-metadata:s:s:0", "language=fra"),
        ),
    ),
    "two_videos": Recipe(
        ".mp4",
        (
            *(*pattern("160x90"), *pattern(), *tone(), *X264_AAC),
            *("-map", "2", "-map", "0", "-map", "1"),
        ),
    ),
    "theora": Recipe(
        ".ogv", (*pattern(seconds=2), *tone(2), "-c:v", "libtheora", "-c:a", "libvorbis")
    ),
    "realmedia": Recipe(".rm", (*pattern("176x144", "15", 2), "-c:v", "rv20")),
    "apng": Recipe(".apng", (*pattern("160x120", "10", 2), "-f", "apng")),
    "moving_avif": Recipe(
        ".avif", (*pattern("160x120", "10", 2), "-c:v", "libsvtav1", "-preset", "12")
    ),
    "aiff": Recipe(".aiff", tone(2)),
    "wavpack": Recipe(".wv", tone(2)),
    "true_audio": Recipe(".tta", tone(2)),
    "sun_audio": Recipe(".au", tone(2)),
    "dts": Recipe(".dts", (*tone(2), "-c:a", "dca", "-strict", "-2")),
    "still_png": Recipe(".png", (*pattern(seconds=1), "-frames:v", "1")),
    "still_jpeg": Recipe(".jpg", (*pattern(seconds=1), "-frames:v", "1")),
    "bare_h264": Recipe(".h264", (*pattern(seconds=2), *X264)),
    "bare_h264_in_order": Recipe(".h264", (*pattern(seconds=2), *X264, "-bf", "0")),
    # To write closed captions into: one slice a picture, in the order in which they are shown.
    "bare_h264_long": Recipe(
        ".h264", (*pattern("160x90", seconds=14), *X264, "-bf", "0", "-slices", "1")
    ),
    "bare_mpeg2_long": Recipe(
        ".m2v", (*pattern("160x90", seconds=14), "-c:v", "mpeg2video", "-b:v", "1M", "-bf", "0")
    ),
    "bare_hevc": Recipe(
        ".hevc", (*pattern(seconds=2), "-c:v", "libx265", "-x265-params", "log-level=none")
    ),
    "y4m": Recipe(".y4m", pattern(seconds=2)),
    "locked": Recipe(
        ".mp4",
        (
            *("-i", "{read}", "-c", "copy", "-encryption_scheme", "cenc-aes-ctr"),
            *("-encryption_key", "76a6c65c5ea762046bd749a2e632ccbb"),
            *("-encryption_kid", "a7e61c373e219033c21091fa607bf3b8"),
        ),
        "plain",
    ),
    # What a slow screen recorder writes.
    "slow": Recipe(".mp4", (*pattern(rate="1", seconds=12), *tone(12), *X264_AAC, "-g", "999")),
    "sound_a_little_longer": Recipe(
        ".mkv", (*pattern(seconds=2), *tone(2.05), "-c:v", "mpeg4", "-c:a", "libopus")
    ),
    "sound_much_longer": Recipe(
        ".mkv", (*pattern(seconds=2), *tone(17), "-c:v", "mpeg4", "-c:a", "libopus")
    ),
    "late_picture": Recipe(
        ".mkv",
        ("-itsoffset", "5", *pattern(seconds=4), *tone(9), "-c:v", "mpeg4", "-c:a", "libopus"),
    ),
    "broadcast": Recipe(
        ".ts", (*flashes(), "-c:v", "mpeg2video", "-b:v", "1M", "-c:a", "mp2", "-muxdelay", "0")
    ),
    "broadcast_later": Recipe(
        ".ts", ("-i", "{read}", "-c", "copy", "-output_ts_offset", "5000"), "broadcast"
    ),
    "late_sound": Recipe(
        ".ts",
        (
            *("-i", "{read}", "-itsoffset", "20", "-i", "{read}", "-map", "0:v", "-map", "1:a"),
            *("-c", "copy", "-t", "24"),
        ),
        "long",
    ),
    "black_start": Recipe(
        ".mp4",
        (
            *lavfi(
                "color=black:size=320x180:rate=30:duration=2[a];"
                "testsrc2=size=320x180:rate=30:duration=4,setsar=1[b];[a][b]concat=n=2:v=1:a=0"
            ),
            *(*X264, *BT709, *FAST),
        ),
    ),
}


def clip(name: str) -> Path:
    """Return the clip of that name, made once per recipe and ffmpeg, whoever asks first."""
    recipe = CLIPS[name]
    folder = _folder()
    made = folder / f"{name}-{_fingerprint(recipe)}{recipe.suffix}"
    if made.exists():
        return made
    source = clip(recipe.reads) if recipe.reads else None
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            _make(recipe, source, made)
    return made


def truncated(name: str, share: float, into: Path) -> Path:
    """Write the first *share* of a clip's bytes, as a cut upload leaves them."""
    source = clip(name)
    target = into / f"truncated{source.suffix}"
    data = source.read_bytes()
    target.write_bytes(data[: int(len(data) * share)])
    return target


def frame_numbers(path: Path) -> list[int]:
    """Read the number that each decoded frame of a "numbered" clip carries."""
    argv = [
        *(str(ffmpeg_path()), "-nostdin", "-v", "error", "-i", str(path), "-map", "0:v:0"),
        *("-fps_mode", "passthrough", "-vf", f"scale={NUMBER_BITS}:1:flags=area,format=gray"),
        *("-f", "rawvideo", "-"),
    ]
    sandbox = Sandbox(path.parent, readable=(path,))
    data = run(argv, sandbox=sandbox, limits=LIMITS).stdout
    rows = (data[at : at + NUMBER_BITS] for at in range(0, len(data), NUMBER_BITS))
    return [sum((level > 127) << bit for bit, level in enumerate(row)) for row in rows]


def _folder() -> Path:
    folder = Path(tempfile.gettempdir()) / f"antenne-test-clips-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def _fingerprint(recipe: Recipe) -> str:
    reads = _fingerprint(CLIPS[recipe.reads]) if recipe.reads else ""
    said = repr((recipe.arguments, reads, ffmpeg_path().name))
    return hashlib.sha256(said.encode()).hexdigest()[:12]


def _make(recipe: Recipe, source: Path | None, made: Path) -> None:
    half = made.with_name(f"half-{made.name}")
    (made.parent / "captions.srt").write_text(CAPTIONS_SRT)
    places = {"{read}": str(source), "{folder}": str(made.parent)}
    arguments = list(recipe.arguments)
    for name, place in places.items():
        arguments = [argument.replace(name, place) for argument in arguments]
    argv = [
        *(str(ffmpeg_path()), "-nostdin", "-hide_banner", "-v", "error", "-y"),
        *(*arguments, "-threads", "2", str(half)),
    ]
    run(argv, sandbox=Sandbox(made.parent), limits=LIMITS)
    half.replace(made)
