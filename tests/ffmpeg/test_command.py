"""What the commands say, word for word, and what real ffmpeg makes of them."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest

from antenne.ffmpeg.binaries import ffmpeg_path
from antenne.ffmpeg.cmaf import fragment_shift
from antenne.ffmpeg.command import (
    AudioTrack,
    Chunk,
    Source,
    audio_argv,
    copy_argv,
    frame_ticks,
    timescale_of,
    video_chunk_argv,
)
from antenne.ffmpeg.filters import Span
from antenne.ffmpeg.ladder import Rung, air_rung, av1_ladder, ladder
from tests.ffmpeg.signals import (
    beep_times_s,
    counter_clip,
    counters_read,
    ffmpeg,
    flash_and_beep_clip,
    flash_times_s,
)
from tests.ffmpeg.sources import AUDIO, NTSC, PROBE, VIDEO, probe_with, source_of
from tests.ffmpeg.stage import Made, hls_write, source_open, tracks_make

GOLDEN = Path(__file__).parent / "golden"
SYNC_S = 0.005
FFMPEG = Path("ffmpeg")


def small(fps: Fraction, width: int = 320, height: int = 184) -> Rung:
    """Return a rung that costs little."""
    return replace(ladder(width, height, fps, 0)[0], preset="veryfast")


def golden_commands() -> dict[str, list[str]]:
    """Return one command of each kind."""
    rungs = ladder(1920, 1080, Fraction(30), 0)[:3]
    chunk = Chunk(Span(600, 600, pad_end=True), (0, 120, 240, 360, 480), Fraction(39, 2))
    phone = probe_with(rotation=90, width=1080, height=1920, hdr="hlg", matrix="bt2020nc")
    first = Chunk(Span(0, 1800), tuple(range(0, 1800, 120)))
    six = AudioTrack(replace(AUDIO, channels=6, codec="ac3"), gain_db=-2.5)
    late = source_of(replace(PROBE, start_s=Fraction(95_000)))
    late = source_of(replace(late.probe, video=replace(VIDEO, start_s=Fraction(95_000))))
    air = [air_rung(1080, 1920, Fraction(30), light=False)]
    hot = av1_ladder(1920, 1080, Fraction(30), 0)[:1]
    return {
        "av1": video_chunk_argv(FFMPEG, source_of(PROBE), hot, chunk, 2),
        "three_rungs": video_chunk_argv(FFMPEG, source_of(PROBE), rungs, chunk, 2),
        "air_of_a_phone": video_chunk_argv(FFMPEG, source_of(phone), air, first, 1),
        "copy": copy_argv(FFMPEG, late, [AudioTrack(AUDIO, copy=True)]),
        "sound_of_six_channels": audio_argv(FFMPEG, source_of(PROBE), [six]),
    }


@pytest.mark.parametrize("name", golden_commands())
def test_a_command_is_word_for_word_the_committed_one(name: str) -> None:
    assert "\n".join(golden_commands()[name]) + "\n" == (GOLDEN / f"{name}.txt").read_text()


@pytest.mark.parametrize(("cores", "levels"), [(2, ["0", "0"]), (64, ["4", "0"])])
def test_av1_of_a_large_picture_stays_within_its_memory_on_many_cores(
    cores: int, levels: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: cores)

    chosen = []
    for rung in av1_ladder(3840, 2160, Fraction(30), 0)[:2]:
        argv = video_chunk_argv(FFMPEG, source_of(PROBE), [rung], Chunk(Span(0, 30), (0,)), 0)
        chosen.append(argv[argv.index("-svtav1-params") + 1].split(":")[0].removeprefix("lp="))
    assert chosen == levels


@pytest.mark.parametrize("fps", [Fraction(30), NTSC, Fraction(25, 2), Fraction(11520, 287)])
def test_a_frame_lasts_a_whole_number_of_ticks(fps: Fraction) -> None:
    assert frame_ticks(fps) == timescale_of(fps) / fps
    assert timescale_of(fps) >= 10_000


CLIPS = {
    "constant": ("30", "clip.mp4", []),
    "ntsc": ("30000/1001", "clip.mp4", []),
    "late_ts": ("30000/1001", "clip.ts", ["-output_ts_offset", "95000"]),
    "matroska": ("30000/1001", "clip.mkv", []),
    "variable": ("30", "clip.mp4", ["-vf", "select='mod(n,7)-3'", "-fps_mode", "vfr"]),
}


@pytest.mark.ffmpeg
@pytest.mark.parametrize("name", CLIPS)
def test_chunks_joined_are_the_same_frames_as_one_run(name: str, tmp_path: Path) -> None:
    fps, file, encode = CLIPS[name]
    clip = counter_clip(tmp_path / file, fps, 12, encode)
    source, rate = source_open(clip), Fraction(fps)

    joined = chunks_join(source, rate, [0, 120, 240, 350])
    whole = chunks_join(source, rate, [0, 350])

    assert joined == whole
    assert len(joined) == 350
    if name != "variable":
        assert joined == list(range(350))


def chunks_join(source: Source, fps: Fraction, cuts: list[int]) -> list[int]:
    """Encode between the cuts, each on its own, and return the numbers the joined frames show."""
    first, data, shown = None, b"", Fraction(0)
    for start, end in pairwise(cuts):
        made = chunk_make(source, fps, start, end)
        first = first or made.init
        assert made.init.data == first.data
        for fragment in made.fragments:
            placed = fragment_shift(fragment, start * frame_ticks(fps))
            assert placed.sync
            assert placed.start_ticks == shown
            shown += placed.duration_ticks
            data += placed.data
    assert first is not None
    path = source.path.with_name(f"joined-{len(cuts)}.mp4")
    path.write_bytes(first.data + data)
    return counters_read(path)


def chunk_make(source: Source, fps: Fraction, start: int, end: int) -> Made:
    """Encode one chunk, sought as its own key frames allow (one each 77 frames)."""
    video = source.probe.video
    assert video is not None
    back = 77 if source.path.suffix == ".ts" else 0
    key = max(0, (start * 6 // 7) // 77 * 77 - back)
    seek_s = video.start_s + key / fps if key else None
    chunk = Chunk(Span(start, end - start, pad_end=True), tuple(range(0, end - start, 60)), seek_s)
    return tracks_make(video_chunk_argv(ffmpeg_path(), source, [small(fps)], chunk, 1), 1, source)[
        0
    ]


@pytest.mark.ffmpeg
def test_one_decode_feeds_rungs_whose_fragments_begin_together(tmp_path: Path) -> None:
    source = source_open(counter_clip(tmp_path / "clip.mp4", "30", 6))
    rungs = [small(Fraction(30)), small(Fraction(30), 160, 92)]
    chunk = Chunk(Span(0, 180), (0, 50, 120))

    large, little = tracks_make(video_chunk_argv(ffmpeg_path(), source, rungs, chunk, 1), 2, source)

    assert [fragment.samples for fragment in large.fragments] == [50, 70, 60]
    assert [f.start_ticks for f in little.fragments] == [f.start_ticks for f in large.fragments]
    assert (little.init.width_px, little.init.height_px) == (160, 92)


SOUNDS = {
    "mp4": ("clip.mp4", "30", 30, []),
    "late_ts": ("clip.ts", "25", 25, ["-output_ts_offset", "95000"]),
    "matroska": ("clip.mkv", "30000/1001", 30, []),
    "two_rates": ("clip.mp4", "24", 24, ["-ar", "44100"]),
}


@pytest.mark.ffmpeg
@pytest.mark.parametrize("name", SOUNDS)
@pytest.mark.parametrize("copy", [True, False])
def test_sound_and_picture_stay_together(*, name: str, copy: bool, tmp_path: Path) -> None:
    file, fps, every, encode = SOUNDS[name]
    source = source_open(flash_and_beep_clip(tmp_path / file, fps, every, encode))
    sounds = [AudioTrack(audio, copy=copy) for audio in source.probe.audios]

    if copy:
        tracks = tracks_make(copy_argv(ffmpeg_path(), source, sounds), 2, source)
    else:
        chunk = Chunk(Span(0, 6 * every), tuple(range(0, 6 * every, 4 * every)))
        argv = video_chunk_argv(ffmpeg_path(), source, [small(Fraction(fps))], chunk, 1)
        tracks = tracks_make(argv, 1, source)
        tracks += tracks_make(audio_argv(ffmpeg_path(), source, sounds), 1, source)

    master = hls_write(tmp_path, tracks[:1], tracks[1:], Fraction(fps))
    # The very first beep starts with the file, where the sound fades in over half a packet.
    flashes, beeps = flash_times_s(master)[1:], beep_times_s(master)[1:]
    assert len(flashes) == len(beeps) == 5
    assert beeps == pytest.approx(flashes, abs=SYNC_S)


@pytest.mark.ffmpeg
def test_a_gain_is_linear_and_six_channels_become_two(tmp_path: Path) -> None:
    clip = tmp_path / "clip.wav"
    six = "aevalsrc='0|0|0.2*sin(880*PI*t)|0|0|0:s=48000:d=2:c=5.1'"
    ffmpeg(tmp_path, "-f", "lavfi", "-i", six.replace("'", ""), str(clip))
    source = source_open(clip)
    track = AudioTrack(source.probe.audios[0], gain_db=6.0)

    (made,) = tracks_make(audio_argv(ffmpeg_path(), source, [track]), 1, source)

    assert made.init.channels == 2
    assert made.init.codec == "mp4a.40.2"
    (tmp_path / "out.mp4").write_bytes(made.init.data + made.fragments[0].data)
    raw = ffmpeg(tmp_path, "-ss", "0.5", "-i", "out.mp4", "-f", "s16le", "-")
    peak = max(
        int.from_bytes(raw[at : at + 2], "little", signed=True) for at in range(0, 96_000, 2)
    )
    assert peak / 32768 == pytest.approx(0.2 * 0.7071 * 1.9953, rel=0.03)
