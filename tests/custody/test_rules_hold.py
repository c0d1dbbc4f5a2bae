"""What there is, how much, and how long it is kept: each rule of the desk is obeyed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from antenne.accounts.models import Erasure, Person
from antenne.accounts.selectors import preferences_of
from antenne.accounts.services import erasure_ask
from antenne.audience.models import Event, History
from antenne.audience.periods import period_last
from antenne.audience.selectors.statistics import video_statistics
from antenne.audience.services.forgetting import audience_forget
from antenne.audience.states import Dimension
from antenne.catalog.models import Channel, MediaFile, Playlist, Video
from antenne.catalog.selectors.trending import heat_of
from antenne.community.services.posts import Words, channel_post
from antenne.custody.models import AuditEntry
from antenne.custody.services import audit_forget
from antenne.custody.settings import FeatureSettings, LimitsSettings, PrivacySettings
from antenne.kernel.clock import now
from antenne.moderation.models import Report
from antenne.moderation.refusals import ModerationRefused
from antenne.pipeline.models import Upload
from antenne.pipeline.selectors import quota_of
from antenne.pipeline.stages import hot
from antenne.pipeline.stages.upload import UploadRefused, import_begin, upload_begin
from antenne.syndication.models import FeedSource
from antenne.syndication.refusals import SyndicationRefused
from antenne.syndication.services.sources import source_add
from tests.audience.watching import Page, asker, taken
from tests.cast import login_of
from tests.custody.proving import proves, say
from tests.factories.accounts import token_make
from tests.factories.catalog import video_make
from tests.factories.moderation import report_make
from tests.factories.pipeline import upload_make
from tests.factories.playlists import playlist_make
from tests.pipeline.draining import drain
from tests.sites import Site
from tests.web.pages import client_of


def home() -> str:
    return Client().get("/").content.decode()


@pytest.fixture
def video(channel: Channel) -> Video:
    return video_make(channel)


@proves("features.comments")
def test_without_comments_nobody_writes_one(video: Video, bob: Person) -> None:
    path = f"/v/{video.public_id}"
    assert "Lovely" not in client_of(bob).get(path).content.decode()

    say(FeatureSettings, comments=False)

    answer = client_of(bob).post(f"{path}/comments", {"body": "Lovely"})
    assert answer.status_code in (403, 404, 409, 422)
    assert not video.comments.exists()


@proves("features.posts", "features.groups")
def test_without_posts_and_groups_there_are_no_pages_of_them(channel: Channel) -> None:
    paths = (f"/c/{channel.handle}/posts", "/groups")
    assert [Client().get(path).status_code for path in paths] == [200, 200]

    say(FeatureSettings, posts=False, groups=False)

    assert [Client().get(path).status_code for path in paths] == [404, 404]


@proves("features.link_cards")
def test_without_cards_of_linked_pages_none_is_asked(channel: Channel, own: Site) -> None:
    say(FeatureSettings, link_cards=False)

    channel_post(by=channel.person, channel=channel, words=Words(own.url("/lights")))
    drain(("facts", "push"))

    assert own.asked == []


@proves("features.playlists")
def test_without_playlists_nobody_makes_or_sees_one(video: Video, bob: Person) -> None:
    path = f"/playlists/{playlist_make(bob, video).public_id}"
    token = {"authorization": f"Bearer {token_make(bob)}"}
    assert Client().get(path).status_code == 200

    say(FeatureSettings, playlists=False)

    browser = client_of(bob)
    assert browser.get(path).status_code == 404
    assert (
        browser.post("/library/playlists", {"title": "Geese", "visibility": "private"}).status_code
        == 404
    )
    assert browser.get(f"/v/{video.public_id}/save").status_code == 404
    assert "/save" not in browser.get(f"/v/{video.public_id}").content.decode()
    assert "Birds" not in browser.get("/library").content.decode()
    asked = {"title": "Geese"}
    made = Client().post("/api/v1/playlists", asked, "application/json", headers=token)
    assert made.status_code == 404
    assert Playlist.objects.count() == 1


@proves("features.downloads")
def test_without_downloads_only_the_owner_fetches_the_file(video: Video, alice: Person) -> None:
    MediaFile.objects.create(
        home="eu", audience="everybody", video=video, path="s1/file/film.mp4", type="video/mp4",
        size_bytes=9,
    )  # fmt: skip
    Video.objects.filter(pk=video.pk).update(downloadable=True)
    path = f"/v/{video.public_id}/download"
    assert Client().get(path).status_code == 302

    say(FeatureSettings, downloads=False)

    assert Client().get(path).status_code == 404
    assert path not in Client().get(f"/v/{video.public_id}").content.decode()
    assert client_of(alice).get(path).status_code == 302


@proves("features.imports")
def test_without_imports_nothing_is_fetched_by_any_way(channel: Channel, alice: Person) -> None:
    token = {"authorization": f"Bearer {token_make(alice)}"}
    asked = {"url": "https://example.org/v.mp4"}
    browser = client_of(alice)
    assert "data-import" in browser.get("/upload").content.decode()

    say(FeatureSettings, imports=False)

    words = "This site does not fetch videos from other addresses."
    assert "data-import" not in browser.get("/upload").content.decode()
    page = browser.post("/studio/imports", asked)
    assert page.status_code == 409
    script = browser.post("/studio/imports", asked, headers={"accept": "application/json"})
    assert (script.status_code, script.json()["error"]) == (409, words)
    program = Client().post("/api/v1/imports", asked, "application/json", headers=token)
    assert (program.status_code, program.json()["detail"]) == (422, words)
    with pytest.raises(UploadRefused):
        import_begin(channel=channel, url="https://example.org/v.mp4")
    assert not Upload.objects.exists()


@proves("features.imports")
def test_without_imports_no_feed_fills_a_channel(channel: Channel, alice: Person) -> None:
    say(FeatureSettings, imports=False)

    with pytest.raises(SyndicationRefused):
        source_add(
            by=alice, handle=channel.handle, url="https://example.org/feed.xml", period_min=60,
            visibility="public",
        )  # fmt: skip

    page = client_of(alice).get(f"/studio/channels/{channel.handle}/syndication")
    assert "does not fetch videos" in page.content.decode()
    assert not FeedSource.objects.exists()


@proves("features.embeds")
def test_without_embeds_no_player_stands_elsewhere(video: Video, channel: Channel) -> None:
    page, frame = f"/v/{video.public_id}", f"/embed/{video.public_id}"
    question = {"url": f"http://testserver{page}"}
    assert Client().get(frame).status_code == 200
    assert Client().get("/oembed", question).status_code == 200

    say(FeatureSettings, embeds=False)

    refusal = Client().get(frame)
    assert refusal.status_code == 403
    assert "Videos of this site play on its own pages." in refusal.content.decode()
    assert page in refusal.content.decode()
    assert Client().get("/oembed", question).status_code == 404
    watched = Client().get(page).content.decode()
    for word in ("oembed", "/embed/", "og:video"):
        assert word not in watched
    assert (
        "/embed/" not in Client().get(f"/feeds/channel/{channel.handle}/rss.xml").content.decode()
    )


@proves("features.sensitive")
def test_who_has_not_chosen_sees_what_is_not_for_everybody_as_the_site_says(
    video: Video, bob: Person
) -> None:
    Video.objects.filter(pk=video.pk).update(sensitive=True)
    assert (preferences_of(bob).sensitive, video.title in home()) == ("ask", True)

    say(FeatureSettings, sensitive="hide")

    assert (preferences_of(bob).sensitive, video.title in home()) == ("hide", False)


@proves("features.anonymous_reports")
def test_who_has_no_account_reports_only_where_that_is_wanted(video: Video) -> None:
    say(FeatureSettings, anonymous_reports=False)

    with pytest.raises(ModerationRefused):
        report_make(video, by=None)

    assert not Report.objects.exists()


@proves("limits.upload_bytes", "limits.quota_bytes")
def test_a_file_must_fit(channel: Channel, alice: Person) -> None:
    say(LimitsSettings, upload_bytes=2_000_000, quota_bytes=1_500_000)
    assert quota_of(alice) == 1_500_000

    for size_bytes, words in ((3_000_000, "larger"), (1_600_000, "storage")):
        with pytest.raises(UploadRefused, match=words):
            upload_begin(channel=channel, filename="a.mp4", size_bytes=size_bytes)

    assert not Video.objects.exists()


@proves("limits.daily_uploads")
def test_after_the_files_of_a_day_the_next_come_tomorrow(channel: Channel, alice: Person) -> None:
    say(LimitsSettings, daily_uploads=2)
    first, _second = upload_make(channel), upload_make(channel)
    words = "This site takes 2 files a day from one person. Try again tomorrow."
    browser = client_of(alice)
    file = {"filename": "c.mp4", "size_bytes": "1000"}
    token = {"authorization": f"Bearer {token_make(alice)}"}

    assert words in browser.get("/upload").content.decode()
    assert browser.post("/studio/uploads", file).json()["error"] == words
    page = browser.post("/studio/imports", {"url": "https://example.org/v.mp4"})
    assert words in page.content.decode()
    asked = {"filename": "c.mp4", "size_bytes": 1000}
    assert (
        Client().post("/api/v1/videos", asked, "application/json", headers=token).json()["detail"]
        == words
    )
    with pytest.raises(UploadRefused, match="Try again tomorrow"):
        upload_make(channel)
    assert (Upload.objects.count(), Video.objects.count()) == (2, 2)

    Upload.objects.filter(pk=first.pk).update(created_at=now() - timedelta(days=1))
    upload_make(channel)
    assert Upload.objects.count() == 3


@proves("privacy.events_days", "privacy.history_days")
def test_what_was_watched_is_forgotten_in_time(video: Video, bob: Person) -> None:
    old = Page(video, viewer=bob)
    old.day_set(now() - timedelta(days=10))
    taken(*old.watch(10_000))
    History.objects.update(at=now() - timedelta(days=10))
    audience_forget()
    assert (Event.objects.count(), History.objects.count()) == (2, 1)

    say(PrivacySettings, events_days=9, history_days=9)

    audience_forget()
    assert (Event.objects.count(), History.objects.count()) == (0, 0)


@proves("privacy.k_anonymity")
def test_small_groups_are_not_shown(video: Video) -> None:
    for number in range(3):
        taken(*Page(video, who=asker(number)).watch(10_000))
    assert video_statistics(video, period=period_last(7)).shares[Dimension.COUNTRY] == ()

    say(PrivacySettings, k_anonymity=2)

    shares = video_statistics(video, period=period_last(7)).shares[Dimension.COUNTRY]
    assert [(row.value, row.views) for row in shares] == [("FR", 3)]


@proves("privacy.audit_days")
def test_the_log_of_operators_is_kept_for_its_days(mona: Person) -> None:
    say(PrivacySettings, audit_days=200)
    say(PrivacySettings, audit_days=180)
    newest, oldest = AuditEntry.objects.order_by("-created_at")
    AuditEntry.objects.filter(pk=oldest.pk).update(created_at=now() - timedelta(days=181))

    assert [audit_forget(), audit_forget()] == [1, 0]

    assert AuditEntry.objects.get() == newest


@proves("privacy.erasure_days")
@pytest.mark.parametrize("days", [0, 3, 30])
def test_an_erasure_can_be_taken_back_for_its_days(alice: Person, days: int) -> None:
    say(PrivacySettings, erasure_days=days)
    shown = client_of(alice).get("/account/data").content.decode()

    erasure_ask(user=login_of(alice))

    due = Erasure.objects.get().due_at
    assert abs(due - now() - timedelta(days=days)) < timedelta(minutes=1)
    assert (f"in {days} days" in shown) == (days > 0)


@pytest.mark.django_db
@proves("limits.av1_views_daily")
def test_what_is_watched_less_often_is_not_encoded_in_av1(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[float] = []
    monkeypatch.setattr(hot, "stream_hottest", asked.append)

    say(LimitsSettings, av1_views_daily=0)
    hot.hot_begin()
    assert asked == []

    say(LimitsSettings, av1_views_daily=7)
    hot.hot_begin()
    assert asked == [pytest.approx(heat_of(7), abs=0.01)]
