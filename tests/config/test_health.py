"""Ready means: the database answers and has every migration of this release."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from antenne.config.migrated import migrations_missing

pytestmark = pytest.mark.django_db


def test_a_database_with_every_migration_is_ready_in_two_queries(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(2):
        answer = client.get("/readyz")

    assert (answer.status_code, answer.json()) == (200, {"ready": True})


def test_a_database_that_lacks_a_migration_is_not_ready(client: Client) -> None:
    MigrationRecorder(connection).record_unapplied("moderation", last_of("moderation"))

    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()["reason"]) == (503, "migrations")
    assert migrations_missing() == 1


def test_a_database_from_a_later_release_is_ready(client: Client) -> None:
    MigrationRecorder(connection).record_applied("kernel", "9999_not_yet_known")

    assert client.get("/readyz").status_code == 200


def last_of(app: str) -> str:
    applied = MigrationRecorder(connection).applied_migrations()
    return max(name for label, name in applied if label == app)
