"""Fixtures of every test: the region and the cast."""

from __future__ import annotations

import os
from collections.abc import Iterator

import hypothesis
import pytest
from django.db import connection, transaction
from django.test import TransactionTestCase, override_settings
from django.utils import translation
from pytest_django import DjangoDbBlocker

from antenne.accounts.models import Person
from antenne.catalog.models import Channel
from antenne.catalog.services.channels import channel_default
from antenne.custody.selectors import REMEMBERED
from antenne.custody.services import region_found
from antenne.kernel.collecting import collector_settle
from antenne.kernel.environment import environment
from antenne.kernel.remembering import MEMORY
from tests.cast import person_make
from tests.environment import STARTED
from tests.factories.world import World, undone, world_make
from tests.migrated import TEMPLATE
from tests.sites import Site, site

# `--hypothesis-profile=many`: tests/api/test_fuzzing.py then sends a hundred times as much.
hypothesis.settings.register_profile("many", parent=hypothesis.settings.get_profile("default"))
QUICK = ["django.contrib.auth.hashers.MD5PasswordHasher"]
LEFT = frozenset({"django_content_type", "auth_permission"})
# Django does not manage the tables of the jobs, the last of which the others name.
JOBS = ["procrastinate_periodic_defers", "procrastinate_events", "procrastinate_jobs"]


def pytest_collection_finish() -> None:
    """Look for garbage as seldom as the web processes do: it is an eighth of a run's time else."""
    collector_settle()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Begin with every table where the server is our own; what a migration lacks is applied."""
    if os.environ.get(STARTED) == "1":
        connection.settings_dict["TEST"]["TEMPLATE"] = TEMPLATE


@pytest.fixture(scope="session", autouse=True)
def quick_flush() -> Iterator[None]:
    """After a test with real transactions delete what rows there are.

    To truncate each of some hundred tables, and to name every permission anew, takes longer than
    most tests.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _case: rows_delete())
        yield


@transaction.atomic
def rows_delete() -> None:
    """Empty the tables of all models, but for what every migration leaves there."""
    names = connection.introspection.django_table_names(only_existing=True, include_views=False)
    names += JOBS
    with connection.cursor() as cursor:
        looks = [f"SELECT '{name}' WHERE EXISTS (SELECT FROM {name})" for name in names]  # noqa: S608 - our own names
        cursor.execute(" UNION ALL ".join(looks))
        filled = {name for (name,) in cursor.fetchall()} - LEFT
        # Django's constraints are looked at in the end, those of the jobs at once.
        for name in filter(filled.__contains__, names):
            cursor.execute(f"DELETE FROM {name}")  # noqa: S608 - our own names


@pytest.fixture(autouse=True)
def quick_settings() -> Iterator[None]:
    """Hash passwords fast, for people are made by the hundred here; list no file for each client.

    Every client builds the middleware anew, and WhiteNoise would read every static file for it.
    """
    with override_settings(PASSWORD_HASHERS=QUICK, WHITENOISE_AUTOREFRESH=True):
        yield


@pytest.fixture(autouse=True)
def language_left() -> Iterator[None]:
    """Leave the language that a page or a letter was made in: the next test has its own."""
    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def settings_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Begin with nothing remembered, and never read again by the clock: queries are counted."""
    monkeypatch.setattr(REMEMBERED, "fresh_s", float("inf"))
    REMEMBERED.forget()
    monkeypatch.setattr(MEMORY, "on", False)


@pytest.fixture
def region(db: None) -> None:
    """The region that this installation hosts."""
    region_found(code="eu", name="Europe")


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """A site on which everything is there, made once: what a test does there it undoes."""
    # Whoever has shown who they are has done so for all tests there, however long those take.
    lasting = override_settings(PASSWORD_HASHERS=QUICK, ACCOUNT_REAUTHENTICATION_TIMEOUT=86_400)
    with django_db_blocker.unblock(), lasting, undone():
        region_found(code="eu", name="Europe")
        yield world_make()


@pytest.fixture
def own(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A site that may be reached although it is a private one."""
    monkeypatch.setenv("ANTENNE_IMPORT_PRIVATE", "1")
    environment.cache_clear()
    with site({}) as running:
        yield running
    monkeypatch.undo()
    environment.cache_clear()


@pytest.fixture
def alice(region: None) -> Person:
    """Owns the video that a test is about."""
    return person_make("Alice")


@pytest.fixture
def bob(region: None) -> Person:
    """Owns another channel."""
    return person_make("Bob")


@pytest.fixture
def charlie(region: None) -> Person:
    """A stranger with an account."""
    return person_make("Charlie")


@pytest.fixture
def mona(region: None) -> Person:
    """Runs the site."""
    return person_make("Mona", operator=True)


@pytest.fixture
def channel(alice: Person) -> Channel:
    """Alice's channel."""
    return channel_default(person=alice)
