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
    "mfa.Authenticator": (
        restricted("id user type data created_at last_used_at", "until removed"),
    ),
    "usersessions.UserSession": (
        restricted(
            "id user created_at ip last_seen_at session_key user_agent data", "with its session"
        ),
    ),
    "socialaccount.SocialAccount": (
        restricted("id user provider uid last_login date_joined extra_data", "until removed"),
    ),
    "socialaccount.SocialApp": (
        operational("id provider provider_id name client_id secret key settings"),
    ),
    "socialaccount.SocialToken": (
        restricted("id app account token token_secret expires_at", "with its account"),
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
