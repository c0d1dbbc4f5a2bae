"""Addresses of playlists."""

from __future__ import annotations

from django.urls import path

from antenne.web.playlists import items, saving, views

urlpatterns = [
    path("library", views.library, name="library"),
    path("library/playlists", views.create, name="playlist_new"),
    path("playlists/<str:public_id>", views.playlist, name="playlist"),
    path("playlists/<str:public_id>/shuffle", views.shuffle, name="playlist_shuffle"),
    path("playlists/<str:public_id>/edit", views.edit, name="playlist_edit"),
    path("playlists/<str:public_id>/remove", views.remove, name="playlist_remove"),
    path("playlists/<str:public_id>/helpers", items.helper_add, name="playlist_helper"),
    path(
        "playlists/<str:public_id>/helpers/<uuid:person_id>/remove",
        items.helper_remove,
        name="playlist_helper_remove",
    ),
    path("playlists/<str:public_id>/items/<uuid:item_id>/move", items.move, name="playlist_move"),
    path("playlists/<str:public_id>/items/<uuid:item_id>/drop", items.drop, name="playlist_drop"),
    path("v/<str:public_id>/save", saving.save, name="save"),
]
