"""Addresses of the community."""

from __future__ import annotations

from django.urls import path

from antenne.web.community import (
    blocks,
    comments,
    follows,
    likes,
    notices,
    subscriptions,
)

urlpatterns = [
    path("v/<str:public_id>/comments", comments.comments, name="comments"),
    path("v/<str:public_id>/like", likes.video, name="video_like"),
    path("comments/<uuid:key>", comments.comment, name="comment"),
    path("comments/<uuid:key>/answers", comments.answers, name="comment_answers"),
    path("comments/<uuid:key>/answer", comments.answer, name="comment_answer"),
    path("comments/<uuid:key>/form", comments.edit_form, name="comment_form"),
    path("comments/<uuid:key>/edit", comments.edit, name="comment_edit"),
    path("comments/<uuid:key>/remove", comments.remove, name="comment_remove"),
    path("comments/<uuid:key>/rule", comments.rule, name="comment_rule"),
    path("comments/<uuid:key>/pin", comments.pin, name="comment_pin"),
    path("comments/<uuid:key>/heart", comments.heart, name="comment_heart"),
    path("comments/<uuid:key>/like", likes.comment, name="comment_like"),
    path("studio/comments", comments.held, name="comments_held"),
    path("liked", likes.liked, name="liked"),
    path("c/<str:handle>/follow", follows.follow, name="follow"),
    path("subscriptions", subscriptions.subscriptions, name="subscriptions"),
    path("subscriptions/channels", subscriptions.channels, name="subscribed_channels"),
    path("subscriptions/channels.opml", subscriptions.opml, name="opml"),
    path("subscriptions/bring", subscriptions.opml_bring, name="opml_bring"),
    path("notifications", notices.notices, name="notifications"),
    path("notifications/read", notices.read, name="notifications_read"),
    path("notifications/clear", notices.clear, name="notifications_clear"),
    path("notifications/<uuid:key>", notices.open_notice, name="notification"),
    path("settings/notices", notices.settings, name="notice_settings"),
    path("letters/stop/<str:ticket>", notices.stop, name="unsubscribe"),
    path("settings/blocks", blocks.blocks, name="blocks"),
    path("settings/blocks/people", blocks.block, name="block"),
    path("settings/blocks/people/<uuid:key>/remove", blocks.unblock, name="unblock"),
    path("settings/blocks/words", blocks.word, name="word_block"),
    path("settings/blocks/words/<uuid:key>/remove", blocks.unword, name="word_unblock"),
]
