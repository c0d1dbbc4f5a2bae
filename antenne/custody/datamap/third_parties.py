"""What is declared of the fields of the packages we build on."""

from __future__ import annotations

from antenne.custody.datamap.entries import Entry, operational, restricted

MAP: dict[str, tuple[Entry, ...]] = {
    "auth.Permission": (operational("id name content_type codename"),),
    "auth.Group": (operational("id name permissions"),),
    "contenttypes.ContentType": (operational("id app_label model"),),
    "sessions.Session": (
        restricted("session_key session_data expire_date", "two weeks after the last visit"),
    ),
    "account.EmailAddress": (restricted("id user email verified primary"),),
    "account.EmailConfirmation": (
        restricted("id email_address created sent key", "until confirmed"),
    ),
    "procrastinate.ProcrastinateJob": (
        operational(
            "id queue_name task_name priority lock args status scheduled_at attempts"
            " queueing_lock abort_requested worker",
            "finished jobs one day, failed jobs 30 days",
        ),
    ),
    "procrastinate.ProcrastinateEvent": (operational("id job type at", "with its job"),),
    "procrastinate.ProcrastinateWorker": (operational("id last_heartbeat", "one day"),),
    "procrastinate.ProcrastinatePeriodicDefer": (
        operational("id task_name defer_timestamp job periodic_id", "with its job"),
    ),
}
