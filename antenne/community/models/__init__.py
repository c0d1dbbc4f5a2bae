"""What people say and do around videos, each with its own module."""

from antenne.community.models.blocks import ChannelBlock, PersonBlock, WordBlock
from antenne.community.models.comments import Comment, CommentOrigin, CommentRuling
from antenne.community.models.follows import Follow
from antenne.community.models.groups import Group, GroupMember
from antenne.community.models.likes import Like
from antenne.community.models.notifications import Notification, NotificationWish
from antenne.community.models.posts import LinkCard, Post, PostPhoto
from antenne.community.models.search import GroupSearch, PostSearch

__all__ = [
    "ChannelBlock",
    "Comment",
    "CommentOrigin",
    "CommentRuling",
    "Follow",
    "Group",
    "GroupMember",
    "GroupSearch",
    "Like",
    "LinkCard",
    "Notification",
    "NotificationWish",
    "PersonBlock",
    "Post",
    "PostPhoto",
    "PostSearch",
    "WordBlock",
]
