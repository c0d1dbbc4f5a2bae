"""Two at once: what holds once is spent once, whoever is quicker."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.db import connection
from django.test import Client

from antenne.accounts.models import AccessToken, Invitation, Person, User
from antenne.accounts.refusals import AccountRefused
from antenne.accounts.services import (
    TOKENS_MAX,
    Wish,
    access_token_create,
    invitation_make,
    sign_up,
    user_new,
)
from antenne.catalog.models import Channel, Video
from antenne.custody.selectors import setting_of
from antenne.custody.services import setting_write
from antenne.custody.settings import LimitsSettings
from antenne.pipeline.models import Upload
from antenne.pipeline.stages.upload import UploadRefused, upload_begin
from tests.cast import login_of
from tests.factories.accounts import mode_set

TIMES = 4
Act = Callable[[int], object]


def done_at_once(act: Act, *refusals: type[Exception]) -> int:
    """Do something four times at the same time, and return how often it was not refused."""

    def alone(number: int) -> int:
        try:
            return int(act(number) is not False)
        except refusals:
            return 0
        finally:
            connection.close()

    with ThreadPoolExecutor(TIMES) as pool:
        return sum(pool.map(alone, range(TIMES)))


@pytest.mark.django_db(transaction=True)
def test_an_invitation_lets_one_in(mona: Person) -> None:
    mode_set("invitation")
    link = invitation_make(by=mona, url="{}")

    def join(number: int) -> Person:
        user = user_new()
        user.email = f"guest{number}@example.org"
        return sign_up(user=user, wish=Wish(name=f"Guest {number}", invitation=link))

    assert done_at_once(join, AccountRefused) == 1
    assert User.objects.filter(email__startswith="guest").count() == 1
    assert Invitation.objects.get().guest is not None


@pytest.mark.django_db(transaction=True)
def test_a_recovery_code_is_used_once(alice: Person) -> None:
    codes = RecoveryCodes.activate(login_of(alice))
    code = codes.get_unused_codes()[0]
    key = codes.instance.pk

    def spend(_number: int) -> bool:
        return bool(RecoveryCodes(Authenticator.objects.get(pk=key)).validate_code(code))

    assert done_at_once(spend) == 1


@pytest.mark.django_db(transaction=True)
def test_nobody_brings_more_than_their_quota(alice: Person, channel: Channel) -> None:
    setting_write(value=replace(setting_of(LimitsSettings), quota_bytes=1_000), by=None)

    def bring(number: int) -> object:
        return upload_begin(channel=channel, filename=f"{number}.mp4", size_bytes=600)

    assert done_at_once(bring, UploadRefused) == 1
    assert Upload.objects.count() == Video.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_nobody_makes_one_token_too_many(alice: Person) -> None:
    for number in range(TOKENS_MAX - 1):
        access_token_create(user=login_of(alice), name=f"script {number}")

    def make(_number: int) -> str:
        return access_token_create(user=login_of(alice), name="the last one")

    assert done_at_once(make, AccountRefused) == 1
    assert AccessToken.objects.count() == TOKENS_MAX


@pytest.mark.django_db(transaction=True)
def test_guesses_of_a_password_are_counted_all_at_once_too(alice: Person) -> None:
    guess = {"login": login_of(alice).email, "password": "wrong"}
    looked: list[int] = []

    def sign_in(_number: int) -> None:
        for _time in range(4):
            page = Client().post("/sign-in", guess).content.decode()
            looked.append("Too many failed login attempts" not in page)

    done_at_once(sign_in)

    assert (len(looked), sum(looked)) == (16, 5)
