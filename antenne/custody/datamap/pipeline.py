"""What is declared of the fields of `antenne.pipeline`."""

from __future__ import annotations

from antenne.custody.datamap.entries import Entry, operational, protected

MAP: dict[str, tuple[Entry, ...]] = {
    "pipeline.Allowance": (protected("person quota_bytes"),),
    "pipeline.Upload": (
        protected(
            "id home person video video_public_id filename source_url size_bytes state refusal"
            " refusal_detail probe scan cut_of cut created_at finished_at",
            "until the video is removed",
        ),
    ),
    "pipeline.Dub": (
        protected(
            "id home person video language label filename size_bytes state probe created_at",
            "until the video is removed",
        ),
    ),
    "pipeline.Stream": (
        operational(
            "id home video upload name state plan duration_ms target_duration_s playable_at"
            " completed_at created_at"
        ),
    ),
    "pipeline.Rendition": (
        operational(
            "id stream name kind wave state rung codec timescale init language label width_px"
            " height_px frame_rate channels cap_bps published_chunks"
        ),
    ),
    "pipeline.Chunk": (
        operational(
            "id rendition index object_name size_bytes start_ticks duration_ticks segments"
        ),
    ),
    "pipeline.Unit": (
        operational(
            "id stream kind wave index start_frame frames track state attempt reason started_at"
            " beat_at finished_at wall_ms cpu_ms"
        ),
    ),
}
