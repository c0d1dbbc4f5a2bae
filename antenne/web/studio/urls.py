"""Addresses of putting videos in and looking after them."""

from __future__ import annotations

from django.urls import path

from antenne.web.studio import captions, posters, uploads, views

urlpatterns = [
    path("upload", uploads.page, name="upload"),
    path("studio/uploads", uploads.begin, name="studio_uploads"),
    path("studio/uploads/<uuid:upload_id>/ticket", uploads.ticket, name="studio_ticket"),
    path("studio/uploads/<uuid:upload_id>/cancel", uploads.cancel, name="studio_cancel"),
    path("studio/imports", uploads.import_url, name="studio_imports"),
    path("studio", views.videos, name="studio"),
    path("studio/videos/<str:public_id>", views.video, name="studio_video"),
    path("studio/videos/<str:public_id>/details", views.details, name="studio_details"),
    path("studio/videos/<str:public_id>/captions", captions.bring, name="studio_captions"),
    path(
        "studio/videos/<str:public_id>/captions/<uuid:caption_id>/drop",
        captions.drop,
        name="studio_caption_drop",
    ),
    path("studio/videos/<str:public_id>/poster", posters.choose, name="studio_poster"),
    path("studio/videos/<str:public_id>/poster/reset", posters.reset, name="studio_poster_reset"),
    path("studio/videos/<str:public_id>/remove", views.remove, name="studio_remove"),
]
