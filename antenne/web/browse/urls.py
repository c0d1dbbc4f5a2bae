"""Addresses where people look around."""

from __future__ import annotations

from django.urls import path

from antenne.web.browse import channels, home, lists, people, searching

urlpatterns = [
    path("", home.home, name="home"),
    path("c/<str:handle>", channels.channel, name="channel"),
    path("c/<str:handle>/about", channels.about, name="channel_about"),
    path("u/<str:handle>", people.person, name="person"),
    path("search", searching.search, name="search"),
    path("search/suggest", searching.suggest, name="search_suggest"),
    path("trending", lists.trending, name="trending"),
    path("categories", lists.categories, name="categories"),
    path("categories/<str:key>", lists.category, name="category"),
    path("tag/<str:key>", lists.tag, name="tag"),
    path("channels", lists.channels, name="channels"),
]
