"""Real files and hostile ones come out as their manifest expects."""

from __future__ import annotations

import csv
import os
import shutil
from pathlib import Path

import pytest

from antenne.ffmpeg.probe import Probe, source_probe
from antenne.ffmpeg.refusals import RefusalCode, SourceRefused

CORPUS = Path(os.environ.get("ANTENNE_CORPUS", "nowhere"))
DURATION_TOLERANCE_MS = 60
DURATIONS_THAT_COUNT_MORE = {
    # The manifest counts subtitles, or the time before the first frame.
    "nasa_multi_av_subs.mp4",
    "mkv_embedded_srt.mkv",
    "legacy.flv",
    "fragmented.mp4",
}
REFUSALS = {
    "bad_zero.mp4": RefusalCode.EMPTY,
    "bad_text.mp4": RefusalCode.NOT_MEDIA,
    "bad_html.webm": RefusalCode.NOT_MEDIA,
    "bad_png_bomb.mp4": RefusalCode.PICTURE,
    "bad_truncated_nomoov.mp4": RefusalCode.TRUNCATED,
    "bad_huge_duration.mp4": RefusalCode.DAMAGED,
    "bad_hls_etc_passwd.m3u8": RefusalCode.PLAYLIST,
    "bad_hls_renamed.mp4": RefusalCode.PLAYLIST,
    "bad_hls_ssrf.m3u8": RefusalCode.PLAYLIST,
    "bad_hls_sibling.mp4": RefusalCode.PLAYLIST,
    "bad_hls_key_passwd.m3u8": RefusalCode.PLAYLIST,
    "bad_ffconcat_renamed.mp4": RefusalCode.PLAYLIST,
    "bad_ffconcat_sibling.webm": RefusalCode.PLAYLIST,
}

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.ffmpeg,
    pytest.mark.skipif(
        not (CORPUS / "MANIFEST.tsv").exists(),
        reason="set ANTENNE_CORPUS to the folder of real files",
    ),
]


def rows() -> list[dict[str, str]]:
    if not (CORPUS / "MANIFEST.tsv").exists():
        return []
    with (CORPUS / "MANIFEST.tsv").open(newline="") as manifest:
        found = list(csv.DictReader(manifest, delimiter="\t"))
    return [row for row in found if not row["file"].startswith("captions_")]


def good() -> list[dict[str, str]]:
    return [row for row in rows() if not row["file"].startswith("bad_")]


def probed(name: str, folder: Path) -> Probe:
    return source_probe(CORPUS / name, folder=folder)


@pytest.mark.parametrize("row", good(), ids=lambda row: row["file"])
def test_a_real_file_is_accepted_with_the_size_a_person_sees(
    row: dict[str, str], tmp_path: Path
) -> None:
    found = probed(row["file"], tmp_path)

    _, _, size = row["expected"].partition("display ")
    seen = f"{found.video.width}x{found.video.height}" if found.video else ""
    assert seen == size
    if row["file"] not in DURATIONS_THAT_COUNT_MORE:
        expected_ms = float(row["duration_s"].split()[0]) * 1000
        assert found.duration_ms == pytest.approx(expected_ms, abs=DURATION_TOLERANCE_MS)


@pytest.mark.parametrize("name", sorted(REFUSALS))
def test_a_hostile_file_is_refused_by_name(name: str, tmp_path: Path) -> None:
    for neighbour in ("bee_720p30.mp4", name):
        shutil.copy(CORPUS / neighbour, tmp_path / neighbour)

    with pytest.raises(SourceRefused) as caught:
        source_probe(tmp_path / name, folder=tmp_path)

    assert caught.value.code == REFUSALS[name]


@pytest.mark.parametrize(
    ("name", "duration_ms"),
    [("bad_bitrot.mp4", 4037), ("bad_truncated_half.mp4", 2102), ("fragmented.mp4", 1068)],
)
def test_a_damaged_or_lying_file_has_its_real_length(
    name: str, duration_ms: int, tmp_path: Path
) -> None:
    found = probed(name, tmp_path)

    assert found.duration_ms == pytest.approx(duration_ms, abs=DURATION_TOLERANCE_MS)


def test_a_size_that_only_the_header_claims_is_not_believed(tmp_path: Path) -> None:
    video = probed("bad_header_16384x16384.mp4", tmp_path).video

    assert video is not None
    assert (video.width, video.height) == (1280, 720)


@pytest.mark.parametrize(
    ("name", "hdr"),
    [
        ("phone_hdr10_pq.mp4", "pq"),
        ("av1_pq_hdr.webm", "pq"),
        ("phone_hlg_portrait_editlist.mp4", "hlg"),
        ("dolbyvision_tiny.mov", "hlg"),
        ("av1_sdr.webm", ""),
    ],
)
def test_high_dynamic_range_is_told_apart(name: str, hdr: str, tmp_path: Path) -> None:
    video = probed(name, tmp_path).video

    assert video is not None
    assert video.hdr == hdr


@pytest.mark.parametrize("name", ["dv_pal_interlaced.mov", "hdv_1080i60_mpeg2.mov"])
def test_television_fields_are_found(name: str, tmp_path: Path) -> None:
    video = probed(name, tmp_path).video

    assert video is not None
    assert video.interlaced


def test_three_languages_are_kept(tmp_path: Path) -> None:
    audios = probed("derived_3_languages.mkv", tmp_path).audios

    assert [audio.language for audio in audios] == ["en", "de", "fr"]
