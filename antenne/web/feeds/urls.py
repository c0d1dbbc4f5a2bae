"""Addresses that programs read."""

from __future__ import annotations

from django.urls import path

from antenne.web.feeds import hub, sitemaps, views

urlpatterns = [
    path("hub", hub.hub, name="hub"),
    path("robots.txt", sitemaps.robots, name="robots"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemaps/channels.xml", sitemaps.channels, name="sitemap_channels"),
    path("sitemaps/news.xml", sitemaps.news, name="sitemap_news"),
    path(
        "sitemaps/videos-<int:year>-<int:month>-<int:part>.xml",
        sitemaps.videos,
        name="sitemap_videos",
    ),
    path("feeds/chapters/<str:public_id>.json", views.chapters, name="feed_chapters"),
    path("feeds/videos.xml", views.like_youtube, name="feed_like_youtube"),
    path("feeds/search/<str:form>", views.search, name="feed_search"),
    path("feeds/<str:form>", views.feed, name="feed"),
    path("feeds/<str:kind>/<path:key>/<str:form>", views.feed, name="feed_of"),
]
