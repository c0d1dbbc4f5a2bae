"""Settings: immutable versions, checked fields, secrets that stay secret."""

from __future__ import annotations

import dataclasses
import threading

import pytest
from django.db import connection, connections

from antenne.accounts.models import Person
from antenne.custody.models import AuditEntry, SettingVersion
from antenne.custody.selectors import (
    REMEMBERED,
    secret_of,
    setting_number,
    setting_of,
    setting_versions,
)
from antenne.custody.services import setting_restore, setting_write
from antenne.custody.settings import (
    KINDS,
    FeatureSettings,
    LimitsSettings,
    MailSettings,
    Setting,
    SettingRefused,
    SignUpMode,
    SignUpSettings,
    SiteSettings,
)
from antenne.custody.settings.declaring import faults_of
from antenne.kernel.environment import environment


@pytest.mark.parametrize("kind", KINDS)
def test_before_any_change_every_setting_has_a_default_that_holds(
    region: None, kind: type[Setting]
) -> None:
    assert faults_of(setting_of(kind)) == {}
    assert setting_number(kind) == 0


def test_the_environment_speaks_until_somebody_decides(region: None) -> None:
    assert setting_of(SiteSettings).name == environment().site_name
    assert setting_of(LimitsSettings).quota_bytes == environment().quota_bytes
    assert setting_of(SignUpSettings).mode == SignUpMode.CLOSED


def test_a_change_is_a_new_version_with_author_and_reason(mona: Person) -> None:
    first = dataclasses.replace(setting_of(SiteSettings), name="Harbour")
    second = dataclasses.replace(first, name="Harbour Films")

    setting_write(value=first, by=mona.pk, reason="a name")
    setting_write(value=second, by=mona.pk, reason="a better name")

    newest, oldest = setting_versions(SiteSettings).order_by("-number")
    assert (newest.value["name"], newest.reason, newest.author) == (
        "Harbour Films",
        "a better name",
        mona.pk,
    )
    assert newest.previous == oldest
    assert oldest.value["name"] == "Harbour"
    assert newest.signatures[0]["by"] == str(mona.pk)
    assert setting_of(SiteSettings).name == "Harbour Films"


def test_a_change_is_noted_with_before_and_after(mona: Person) -> None:
    setting_write(value=FeatureSettings(groups=False), by=mona.pk, reason="not yet")

    entry = AuditEntry.objects.get()
    assert (entry.action, entry.subject, entry.actor) == ("setting.changed", "features", mona.pk)
    assert (entry.before, entry.after) == ({"groups": True}, {"groups": False})
    assert entry.reason == "not yet"


def test_what_is_unchanged_writes_nothing(mona: Person) -> None:
    setting_write(value=FeatureSettings(), by=mona.pk, reason="nothing")

    assert not SettingVersion.objects.exists()
    assert not AuditEntry.objects.exists()


def test_a_secret_is_sealed_and_in_no_log(mona: Person) -> None:
    mail = MailSettings(sender="a@example.org", host="mail.example.org", password="geheim")  # noqa: S106

    setting_write(value=mail, by=mona.pk, reason="mail")

    kept = setting_of(MailSettings)
    assert "geheim" not in str(SettingVersion.objects.values_list("value"))
    assert secret_of(kept.password) == "geheim"
    assert AuditEntry.objects.get().after["password"] == "••••"  # noqa: S105


def test_an_old_version_with_unknown_and_missing_fields_is_read(mona: Person) -> None:
    setting_write(value=SiteSettings(name="Harbour"), by=mona.pk)
    row = SettingVersion.objects.get()
    row.value = {"name": "Harbour", "colour_of_1999": "teal", "languages": 7, "time_zone": None}
    row.save()
    REMEMBERED.forget()

    site = setting_of(SiteSettings)

    assert site.name == "Harbour"
    assert (site.languages, site.time_zone) == ((), "UTC")


def test_a_version_is_restored_as_a_new_one(mona: Person) -> None:
    setting_write(value=SiteSettings(name="Harbour"), by=mona.pk)
    setting_write(value=SiteSettings(name="Harlequin"), by=mona.pk)
    oldest = SettingVersion.objects.get(number=1)

    setting_restore(version_id=oldest.pk, by=mona.pk, reason="the old name")

    assert setting_of(SiteSettings).name == "Harbour"
    assert setting_number(SiteSettings) == 3


def test_somebody_else_was_first(mona: Person) -> None:
    setting_write(value=SiteSettings(name="Harbour"), by=mona.pk, on=0)

    with pytest.raises(SettingRefused, match="changed this meanwhile"):
        setting_write(value=SiteSettings(name="Mine"), by=mona.pk, on=0)

    assert setting_of(SiteSettings).name == "Harbour"


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_is_refused() -> None:
    refused: list[SettingRefused] = []
    together = threading.Barrier(2)

    def write(name: str) -> None:
        together.wait()
        try:
            setting_write(value=SiteSettings(name=name), by=None, on=0)
        except SettingRefused as refusal:
            refused.append(refusal)
        finally:
            connections.close_all()

    people = [threading.Thread(target=write, args=(name,)) for name in ("One", "Two")]
    for person in people:
        person.start()
    for person in people:
        person.join()

    assert len(refused) == 1
    assert SettingVersion.objects.count() == 1


def test_many_reads_cost_one_query(region: None, django_assert_num_queries: object) -> None:
    setting_of(SiteSettings)
    before = len(connection.queries_log)

    for kind in KINDS * 10:
        setting_of(kind)

    assert len(connection.queries_log) == before
