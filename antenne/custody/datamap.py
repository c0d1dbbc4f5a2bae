"""The data map: the class, home rule, retention and lawful basis of each field we keep.

Keyed by `app.Model`; every field of every model, third-party ones included, stands here, and a
test fails on one that does not. Export, erasure, replication and documentation are made from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class DataClass(StrEnum):
    """What kind of data a field holds."""

    PUBLIC = "public"
    PROTECTED = "protected"
    RESTRICTED = "restricted"
    EXCEPTED = "excepted"
    OPERATIONAL = "operational"


class HomeRule(StrEnum):
    """Where the row may be."""

    HOME = "home"
    NETWORK = "network"
    INSTALLATION = "installation"


@dataclass(frozen=True, slots=True)
class Entry:
    """What is declared of some fields of one model."""

    fields: tuple[str, ...]
    data_class: DataClass
    home_rule: HomeRule
    retention: str
    basis: str


def _fields(names: str) -> tuple[str, ...]:
    return tuple(names.split())


def _public(names: str) -> Entry:
    return Entry(
        _fields(names), DataClass.PUBLIC, HomeRule.NETWORK, "until its owner removes it", "contract"
    )


def _protected(names: str, retention: str = "until the account is erased") -> Entry:
    return Entry(_fields(names), DataClass.PROTECTED, HomeRule.HOME, retention, "contract")


def _restricted(names: str, retention: str = "until the account is erased") -> Entry:
    return Entry(_fields(names), DataClass.RESTRICTED, HomeRule.HOME, retention, "contract")


def _operational(names: str, retention: str = "as long as the row it serves") -> Entry:
    return Entry(
        _fields(names),
        DataClass.OPERATIONAL,
        HomeRule.INSTALLATION,
        retention,
        "legitimate interest: running the service",
    )


DATA_MAP: dict[str, tuple[Entry, ...]] = {
    "kernel.FactRecord": (_operational("id name payload created_at", "30 days"),),
    "kernel.FactDone": (_operational("id fact handler", "30 days"),),
    "kernel.RateCount": (_operational("key free_at", "an hour after it was last counted"),),
    "custody.Region": (_public("code digit name"),),
    "custody.Antenne": (_operational("id name here created_at"),),
    "custody.Hosting": (_operational("id antenne region"),),
    "accounts.User": (
        _protected("id home is_active is_operator created_at last_login"),
        _restricted("email password"),
    ),
    "accounts.Person": (_public("id home handle name reach created_at"), _protected("user")),
    "accounts.AccessToken": (
        _restricted("id home user name digest created_at used_at expires_at", "until revoked"),
    ),
    "accounts.SetupLink": (_operational("id digest created_at used_at", "until used"),),
    "catalog.Channel": (_public("id home person handle name description reach created_at"),),
    "catalog.Video": (
        _public(
            "id public_id home channel title description language visibility audience publish_at"
            " published_at embedding embed_sites reach created_at updated_at state refusal stream"
            " duration_ms width_px height_px thumbhash poster poster_small preview storyboard"
            " epoch"
        ),
    ),
    "catalog.VideoLock": (_restricted("video password", "until the video is removed"),),
    "catalog.Epoch": (_operational("video epoch", "for ever: a removed video stays refused"),),
    "catalog.Caption": (_public("id home audience video language label path origin created_at"),),
    "pipeline.Upload": (
        _protected(
            "id home person video video_public_id filename source_url size_bytes state refusal"
            " refusal_detail probe scan created_at finished_at",
            "until the video is removed",
        ),
    ),
    "pipeline.Stream": (
        _operational(
            "id home video upload name state plan duration_ms target_duration_s playable_at"
            " completed_at created_at"
        ),
    ),
    "pipeline.Rendition": (
        _operational(
            "id stream name kind wave state rung codec timescale init language label width_px"
            " height_px frame_rate channels cap_bps published_chunks"
        ),
    ),
    "pipeline.Chunk": (
        _operational(
            "id rendition index object_name size_bytes start_ticks duration_ticks segments"
        ),
    ),
    "pipeline.Unit": (
        _operational(
            "id stream kind wave index start_frame frames track state attempt reason started_at"
            " beat_at finished_at wall_ms cpu_ms"
        ),
    ),
    "auth.Permission": (_operational("id name content_type codename"),),
    "auth.Group": (_operational("id name permissions"),),
    "contenttypes.ContentType": (_operational("id app_label model"),),
    "sessions.Session": (
        _restricted("session_key session_data expire_date", "two weeks after the last visit"),
    ),
    "account.EmailAddress": (_restricted("id user email verified primary"),),
    "account.EmailConfirmation": (
        _restricted("id email_address created sent key", "until confirmed"),
    ),
    "procrastinate.ProcrastinateJob": (
        _operational(
            "id queue_name task_name priority lock args status scheduled_at attempts"
            " queueing_lock abort_requested worker",
            "finished jobs one day, failed jobs 30 days",
        ),
    ),
    "procrastinate.ProcrastinateEvent": (_operational("id job type at", "with its job"),),
    "procrastinate.ProcrastinateWorker": (_operational("id last_heartbeat", "one day"),),
    "procrastinate.ProcrastinatePeriodicDefer": (
        _operational("id task_name defer_timestamp job periodic_id", "with its job"),
    ),
}
