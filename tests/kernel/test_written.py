"""Queries that are written once."""

from __future__ import annotations

from threading import Thread
from uuid import UUID

import pytest
from django.db import connection
from django.db.models import QuerySet, Value
from django.test.utils import CaptureQueriesContext

from antenne.accounts.models import Person, User
from antenne.catalog.models import Channel
from antenne.kernel.written import written
from tests.cast import person_make


@written
def named(handle: str, *, joined: bool = False) -> QuerySet[Person]:
    rows = Person.objects.filter(handle=handle)
    return rows.select_related("user") if joined else rows


@written
def handles(first: UUID, second: UUID) -> QuerySet[Person, tuple[str, str]]:
    one = Person.objects.filter(pk=first).values_list("handle", Value("first"))
    return one.union(Person.objects.filter(pk=second).values_list("handle", Value("second")))


def test_each_call_gives_the_rows_of_its_own_values(alice: Person, bob: Person) -> None:
    assert named(alice.handle) == [alice]
    assert named(bob.handle) == [bob]
    assert named("nobody") == []


def test_the_order_of_values_is_kept(alice: Person, bob: Person) -> None:
    asked = {(alice.handle, "first"), (bob.handle, "second")}

    assert set(handles(alice.pk, bob.pk)) == asked
    assert set(handles(bob.pk, alice.pk)) != asked


def test_the_same_value_twice_stands_twice(alice: Person) -> None:
    assert set(handles(alice.pk, alice.pk)) == {(alice.handle, "first"), (alice.handle, "second")}


def test_another_shape_is_another_query(alice: Person) -> None:
    with CaptureQueriesContext(connection) as asked:
        (plain,) = named(alice.handle)
        (joined,) = named(alice.handle, joined=True)

    assert len(asked) == 2
    assert not Person.user.is_cached(plain)
    assert isinstance(joined.user, User)
    assert len(asked) == 2


def test_a_shape_is_told_by_its_names(alice: Person) -> None:
    @written
    def titled(*, first: str, second: str) -> QuerySet[Person, tuple[str, str]]:
        return Person.objects.values_list(Value(first), Value(second))

    assert titled(first="a", second="b") == [("a", "b")]
    assert titled(second="a", first="b") == [("b", "a")]


def test_a_value_is_a_value_whatever_stands_in_it(alice: Person) -> None:
    assert named("%s' OR 1=1 --") == []
    assert named("mark%") == []


def test_rows_belong_to_one_caller_alone(alice: Person) -> None:
    (first,), (second,) = named(alice.handle), named(alice.handle)
    first.name = "Another"

    assert second.name == alice.name


def test_a_value_that_would_be_lost_in_the_sql_is_refused() -> None:
    @written
    def lost(handle: str) -> QuerySet[Person]:
        return Person.objects.filter(handle__contains=handle)

    with pytest.raises(TypeError, match="lost"):
        lost("alice")


@pytest.mark.django_db(transaction=True)
def test_each_thread_asks_over_its_own_connection(region: None) -> None:
    channel = Channel.objects.create(
        home="eu", person=person_make("Alice"), handle="birds", name="Birds"
    )
    found: list[list[Person]] = []
    named(channel.person.handle)

    def ask() -> None:
        found.append(named(channel.person.handle))
        connection.close()

    thread = Thread(target=ask)
    thread.start()
    thread.join()

    assert found == [[channel.person]]
