"""Addresses of putting videos in and looking after them."""

from __future__ import annotations

from django.urls import path, re_path

from antenne.web.studio import (
    captions,
    channels,
    chapters,
    cut,
    listing,
    posters,
    sounds,
    statistics,
    syndication,
    team,
    translations,
    uploads,
    views,
)

_SYNDICATION = "studio/channels/<str:handle>/syndication"

urlpatterns = [
    path(_SYNDICATION, syndication.page, name="studio_syndication"),
    path(f"{_SYNDICATION}/offer", syndication.offer, name="studio_offer"),
    path(f"{_SYNDICATION}/lint", syndication.lint, name="studio_feed_lint"),
    path(f"{_SYNDICATION}/webhooks", syndication.webhook_add, name="studio_webhook_add"),
    path(f"{_SYNDICATION}/webhooks/<uuid:webhook_id>", syndication.webhook, name="studio_webhook"),
    path(
        f"{_SYNDICATION}/webhooks/<uuid:webhook_id>/act",
        syndication.webhook_act,
        name="studio_webhook_act",
    ),
    path(f"{_SYNDICATION}/sources", syndication.source_begin, name="studio_source_begin"),
    path(f"{_SYNDICATION}/sources/<uuid:source_id>", syndication.source, name="studio_source"),
    path(
        f"{_SYNDICATION}/sources/<uuid:source_id>/act",
        syndication.source_act,
        name="studio_source_act",
    ),
    path("upload", uploads.page, name="upload"),
    path("studio/uploads", uploads.begin, name="studio_uploads"),
    path("studio/uploads/<uuid:upload_id>/ticket", uploads.ticket, name="studio_ticket"),
    path("studio/uploads/<uuid:upload_id>/cancel", uploads.cancel, name="studio_cancel"),
    path("studio/imports", uploads.import_url, name="studio_imports"),
    path("studio", listing.videos, name="studio"),
    path("studio/bulk", listing.bulk, name="studio_bulk"),
    path("studio/channels", channels.channels, name="studio_channels"),
    path("studio/channels/new", channels.create, name="studio_channel_create"),
    path("studio/channels/<str:handle>", channels.channel, name="studio_channel"),
    path("studio/channels/<str:handle>/edit", channels.edit, name="studio_channel_edit"),
    path("studio/channels/<str:handle>/handle", channels.rename, name="studio_channel_rename"),
    path(
        "studio/channels/<str:handle>/defaults", channels.defaults, name="studio_channel_defaults"
    ),
    path(
        "studio/channels/<str:handle>/pictures/<str:kind>",
        channels.picture,
        name="studio_channel_picture",
    ),
    path("studio/channels/<str:handle>/remove", channels.remove, name="studio_channel_remove"),
    path("studio/channels/<str:handle>/team", team.invite, name="studio_invite"),
    path("studio/channels/<str:handle>/hand-over", team.hand_over, name="studio_hand_over"),
    path(
        "studio/channels/<str:handle>/invitations/<uuid:invitation_id>/withdraw",
        team.withdraw,
        name="studio_withdraw",
    ),
    path(
        "studio/channels/<str:handle>/team/<uuid:person_id>/remove",
        team.send_away,
        name="studio_send_away",
    ),
    path("studio/invitations/<uuid:invitation_id>", team.answer, name="studio_answer"),
    path("studio/statistics", statistics.start, name="studio_statistics"),
    path(
        "studio/channels/<str:handle>/statistics",
        statistics.channel,
        name="studio_channel_statistics",
    ),
    path(
        "studio/videos/<str:public_id>/statistics",
        statistics.video,
        name="studio_video_statistics",
    ),
    path("studio/videos/<str:public_id>", views.video, name="studio_video"),
    path("studio/videos/<str:public_id>/details", views.details, name="studio_details"),
    path("studio/videos/<str:public_id>/chapters", chapters.chapters, name="studio_chapters"),
    path(
        "studio/videos/<str:public_id>/languages",
        translations.translations,
        name="studio_translations",
    ),
    path(
        "studio/videos/<str:public_id>/languages/<str:language>/drop",
        translations.drop,
        name="studio_translation_drop",
    ),
    path("studio/videos/<str:public_id>/sound", sounds.sounds, name="studio_sounds"),
    path(
        "studio/videos/<str:public_id>/sound/<uuid:dub_id>/drop",
        sounds.drop,
        name="studio_sound_drop",
    ),
    path("studio/videos/<str:public_id>/cut", cut.cut, name="studio_cut"),
    path("studio/videos/<str:public_id>/cut/undo", cut.undo, name="studio_cut_undo"),
    path("studio/videos/<str:public_id>/captions", captions.captions, name="studio_captions"),
    path("studio/videos/<str:public_id>/captions/add", captions.bring, name="studio_caption_add"),
    path("studio/videos/<str:public_id>/captions/new", captions.begin, name="studio_caption_new"),
    path(
        "studio/videos/<str:public_id>/captions/<uuid:caption_id>",
        captions.caption,
        name="studio_caption",
    ),
    re_path(
        r"^studio/videos/(?P<public_id>[^/]+)/captions/(?P<caption_id>[0-9a-f-]{36})"
        r"/file\.(?P<kind>vtt|srt)$",
        captions.download,
        name="studio_caption_file",
    ),
    path(
        "studio/videos/<str:public_id>/captions/<uuid:caption_id>/drop",
        captions.drop,
        name="studio_caption_drop",
    ),
    path("studio/videos/<str:public_id>/poster", posters.choose, name="studio_poster"),
    path("studio/videos/<str:public_id>/poster/reset", posters.reset, name="studio_poster_reset"),
    path("studio/videos/<str:public_id>/remove", views.remove, name="studio_remove"),
]
