"""What is declared of the fields of `antenne.community`."""

from __future__ import annotations

from antenne.custody.datamap.entries import Entry, operational, protected, public, restricted

_DAYS = "ninety days"

MAP: dict[str, tuple[Entry, ...]] = {
    "community.Comment": (
        public(
            "id home audience subject video post root reply_to person body created_at edited_at"
            " removed"
        ),
    ),
    "community.CommentOrigin": (protected("comment home address_hash created_at", _DAYS),),
    "community.CommentRuling": (
        public(
            "comment home audience subject video post root state cause pinned hearted score"
            " replies ruled_at"
        ),
    ),
    "community.Like": (protected("id home person subject video comment post created_at"),),
    "community.Follow": (protected("id home person channel bell created_at"),),
    "community.PersonBlock": (protected("id home person blocked created_at"),),
    "community.ChannelBlock": (protected("id home person channel created_at"),),
    "community.WordBlock": (restricted("id home person word created_at"),),
    "community.Notification": (
        protected(
            "id home person kind key actor channel video comment post group note path in_page pace"
            " created_at read_at mailed_at",
            _DAYS,
        ),
    ),
    "community.NotificationWish": (protected("id home person kind in_page pace"),),
    "community.Post": (
        public(
            "id public_id home audience channel group person title body video commenting removed"
            " epoch reach created_at edited_at"
        ),
    ),
    "community.LinkCard": (
        public("post home url title about path width_px height_px video channel playlist made_at"),
    ),
    "community.PostPhoto": (public("id home post position path width_px height_px alt"),),
    # computed by each installation
    "community.PostSearch": (
        operational("post audience channel group posted_at words head made_at"),
    ),
    "community.GroupSearch": (operational("group words head made_at"),),
    "community.Group": (public("id home handle name about joining reach created_at"),),
    "community.GroupMember": (public("id home group person role created_at"),),
}
