"""Addresses of the desk."""

from __future__ import annotations

from django.urls import path

from antenne.moderation.states import SubjectKind
from antenne.web.desk import (
    delivery,
    lists,
    log,
    machinery,
    overview,
    people,
    reports,
    settings,
    things,
    webhooks,
)

_PERSON = {"kind": SubjectKind.PERSON}
_CHANNEL = {"kind": SubjectKind.CHANNEL}
_VIDEO = {"kind": SubjectKind.VIDEO}
_COMMENT = {"kind": SubjectKind.COMMENT}

urlpatterns = [
    path("desk", overview.overview, name="desk"),
    path("desk/checks", overview.checks, name="desk_checks"),
    path("desk/jobs", machinery.jobs, name="desk_jobs"),
    path("desk/jobs/again", machinery.jobs_again, name="desk_jobs_again"),
    path("desk/jobs/<int:number>/<str:verb>", machinery.job_change, name="desk_job"),
    path("desk/units", machinery.units, name="desk_units"),
    path("desk/units/<uuid:unit_id>/retry", machinery.unit_change, name="desk_unit"),
    path("desk/delivery", delivery.delivery, name="desk_delivery"),
    path("desk/webhooks", webhooks.webhooks, name="desk_webhooks"),
    path("desk/webhooks/<uuid:webhook_id>", webhooks.webhook, name="desk_webhook"),
    path("desk/webhooks/<uuid:webhook_id>/act", webhooks.act, name="desk_webhook_act"),
    path("desk/storage", machinery.storage, name="desk_storage"),
    path("desk/reports", reports.reports, name="desk_reports"),
    path("desk/reports/<uuid:report_id>", reports.report, name="desk_report"),
    path("desk/decisions", reports.decisions, name="desk_decisions"),
    path(
        "desk/decisions/<uuid:decision_id>/reverse", reports.reverse, name="desk_decision_reverse"
    ),
    path("desk/appeals", reports.appeals, name="desk_appeals"),
    path("desk/appeals/<uuid:appeal_id>", reports.answer, name="desk_appeal"),
    path("desk/people", lists.listed, _PERSON, name="desk_people"),
    path("desk/chosen/people", lists.decide, _PERSON, name="desk_people_decide"),
    path("desk/chosen/people/quota", lists.quotas, name="desk_quotas"),
    path("desk/people/<str:handle>", people.person, name="desk_person"),
    path("desk/people/<str:handle>/<str:verb>", people.person_change, name="desk_person_change"),
    path("desk/joining", people.joining, name="desk_joining"),
    path("desk/joining/<uuid:request_id>/<str:verb>", people.join, name="desk_join"),
    path("desk/invitations/<uuid:invitation_id>/revoke", people.uninvite, name="desk_uninvite"),
    path("desk/channels", lists.listed, _CHANNEL, name="desk_channels"),
    path("desk/chosen/channels", lists.decide, _CHANNEL, name="desk_channels_decide"),
    path("desk/channels/<str:handle>", things.channel, name="desk_channel"),
    path("desk/channels/<str:handle>/give", things.give, name="desk_channel_give"),
    path("desk/videos", lists.listed, _VIDEO, name="desk_videos"),
    path("desk/chosen/videos", lists.decide, _VIDEO, name="desk_videos_decide"),
    path("desk/videos/<str:public_id>", things.video, name="desk_video"),
    path("desk/comments", lists.listed, _COMMENT, name="desk_comments"),
    path("desk/chosen/comments", lists.decide, _COMMENT, name="desk_comments_decide"),
    path("desk/comments/<uuid:key>", things.comment, name="desk_comment"),
    path("desk/log", log.log, name="desk_log"),
    path("desk/versions", settings.versions, name="desk_versions"),
    path("desk/versions/<uuid:version_id>/restore", settings.restore, name="desk_restore"),
    path("desk/settings/mail/test", settings.test_mail, name="desk_mail_test"),
    path("desk/settings/site/<str:field>/image", settings.logo, name="desk_logo"),
    path("desk/settings/<str:key>", settings.setting, name="desk_setting"),
    path("desk/settings/<str:key>/versions", settings.versions, name="desk_setting_versions"),
]
