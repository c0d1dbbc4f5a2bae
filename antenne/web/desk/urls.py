"""Addresses of the desk."""

from __future__ import annotations

from django.urls import path

from antenne.web.desk import log, machinery, overview, settings

urlpatterns = [
    path("desk", overview.overview, name="desk"),
    path("desk/checks", overview.checks, name="desk_checks"),
    path("desk/jobs", machinery.jobs, name="desk_jobs"),
    path("desk/jobs/<int:number>/<str:verb>", machinery.job_change, name="desk_job"),
    path("desk/units", machinery.units, name="desk_units"),
    path("desk/units/<uuid:unit_id>/retry", machinery.unit_change, name="desk_unit"),
    path("desk/storage", machinery.storage, name="desk_storage"),
    path("desk/log", log.log, name="desk_log"),
    path("desk/versions", settings.versions, name="desk_versions"),
    path("desk/versions/<uuid:version_id>/restore", settings.restore, name="desk_restore"),
    path("desk/settings/mail/test", settings.test_mail, name="desk_mail_test"),
    path("desk/settings/site/<str:field>/image", settings.logo, name="desk_logo"),
    path("desk/settings/<str:key>", settings.setting, name="desk_setting"),
    path("desk/settings/<str:key>/versions", settings.versions, name="desk_setting_versions"),
]
