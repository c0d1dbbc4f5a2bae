"""Addresses that programs read."""

from __future__ import annotations

from django.urls import path

from antenne.web.feeds import views

urlpatterns = [
    path("feeds/chapters/<str:public_id>.json", views.chapters, name="feed_chapters"),
    path("feeds/videos.xml", views.like_youtube, name="feed_like_youtube"),
    path("feeds/search/<str:form>", views.search, name="feed_search"),
    path("feeds/<str:form>", views.feed, name="feed"),
    path("feeds/<str:kind>/<path:key>/<str:form>", views.feed, name="feed_of"),
]
