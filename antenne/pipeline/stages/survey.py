"""Beside stage 3: read every packet of a source and measure its loudness, off the way to air."""

from __future__ import annotations

import math
from typing import Any, Final
from uuid import UUID

from antenne.ffmpeg.loudness import Loudness, loudness_measure
from antenne.ffmpeg.probe import AudioStream, Probe
from antenne.ffmpeg.refusals import SourceRefused
from antenne.ffmpeg.scan import source_scan
from antenne.pipeline.models import Upload
from antenne.pipeline.services.units import Cost, Work, unit_do
from antenne.pipeline.services.workplace import QUALITY_NICE, Workplace, workplace

TARGET_LUFS: Final = -16.0
PEAK_MOST_DBTP: Final = -1.0
SILENT_LUFS: Final = -50.0
_GAIN_MOST_DB: Final = 20.0


def source_survey(*, unit_id: UUID) -> None:
    """Scan and measure the source of a unit's stream; the quality plan waits for it."""
    unit_do(unit_id=unit_id, work=_survey)


def _survey(work: Work) -> Cost:
    upload = work.unit.stream.upload
    probe = Probe.from_json(upload.probe or {})
    with workplace(upload) as place:
        scan = source_scan(place.source, folder=place.folder, probe=probe)
        gains = _gains(probe, place)
    found: dict[str, Any] = {"packets": scan.to_json(), "gains_db": gains}
    Upload.objects.filter(pk=upload.pk).update(scan=found)
    return Cost()


def _gains(probe: Probe, place: Workplace) -> dict[str, float]:
    return {str(track): _gain(probe, audio, place) for track, audio in enumerate(probe.audios)}


def _gain(probe: Probe, audio: AudioStream, place: Workplace) -> float:
    """Return the gain of one track; a damaged one stays as it is."""
    try:
        loudness = loudness_measure(
            place.source, folder=place.folder, probe=probe, audio=audio, nice=QUALITY_NICE
        )
    except SourceRefused:
        return 0.0
    return gain_for(loudness)


def gain_for(loudness: Loudness) -> float:
    """Return the one linear gain in dB towards -16 LUFS that keeps the true peak at -1 dBTP.

    Silence is left alone (EBU R 128 measures it as very low or not at all).
    """
    if not math.isfinite(loudness.integrated_lufs) or loudness.integrated_lufs < SILENT_LUFS:
        return 0.0
    wanted = TARGET_LUFS - loudness.integrated_lufs
    room = PEAK_MOST_DBTP - loudness.true_peak_dbtp
    return round(max(-_GAIN_MOST_DB, min(wanted, room, _GAIN_MOST_DB)), 1)
