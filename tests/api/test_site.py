"""What the site says of itself: to everybody the same, and nothing about anybody."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

from antenne import VERSION
from antenne.accounts.models import Person
from antenne.custody.selectors import setting_of
from antenne.custody.services import setting_write
from antenne.custody.settings import FeatureSettings, LimitsSettings, SiteSettings
from antenne.kernel.environment import environment
from tests.api.callers import Calls, said


def test_a_program_learns_names_limits_and_features(region: None) -> None:
    looks = replace(setting_of(SiteSettings), name="Heronry", tagline="Birds.", languages=("fr",))
    setting_write(value=replace(looks, language="fr", time_zone="Asia/Kolkata"), by=None)
    setting_write(value=replace(setting_of(FeatureSettings), imports=False), by=None)
    setting_write(value=replace(setting_of(LimitsSettings), daily_uploads=7), by=None)

    site = said(Calls().get("/site"))

    assert (site["name"], site["tagline"], site["url"]) == (
        "Heronry",
        "Birds.",
        "http://testserver/",
    )
    assert (site["languages"], site["time_zone"]) == (["fr"], "Asia/Kolkata")
    assert site["software"] == {"name": "antenne", "version": VERSION}
    assert (site["features"]["imports"], site["features"]["comments"]) == (False, True)
    assert site["limits"]["daily_uploads"] == 7
    assert site["limits"]["video_ms"] == environment().video_max_s * 1000
    assert site["sign_up"] == {"mode": "closed", "terms_required": False}
    assert "image/webp" in site["files"]["pictures"]
    assert site["look"]["logo_url"] is None


def test_a_logo_is_said_with_its_address(region: None) -> None:
    name = "logo-10x10-0123456789abcdef.png"
    setting_write(value=replace(setting_of(SiteSettings), logo=name), by=None)

    assert said(Calls().get("/site"))["look"]["logo_url"] == f"http://testserver/site/{name}"


def test_everybody_is_told_the_same_and_may_keep_it(alice: Person, mona: Person) -> None:
    answers = [Calls(person).get("/site") for person in (None, alice, mona)]

    assert len({answer.content for answer in answers}) == 1
    assert {answer["Cache-Control"] for answer in answers} == {"public, max-age=300"}
    again = Calls().get("/site", If_None_Match=answers[0]["ETag"])
    assert again.status_code == 304
    assert alice.handle not in answers[0].content.decode()


def test_the_version_is_the_one_that_is_released() -> None:
    project = tomllib.loads(Path("pyproject.toml").read_text())["project"]

    assert project["version"] == VERSION
