"""Addresses of the community."""

from __future__ import annotations

from django.urls import path

from antenne.web.community import comments, follows, likes

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
]
