"""Writing, changing and taking away comments."""

from __future__ import annotations

import hashlib
import hmac
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from antenne.accounts.models import Person
from antenne.catalog.refusals import NotFound
from antenne.catalog.selectors.tallies import tallies_of
from antenne.catalog.services.tallies import tallies_clear, tally_add
from antenne.catalog.states import Commenting, TallyKind
from antenne.community.models import Comment, CommentOrigin, CommentRuling, Like, Notification
from antenne.community.refusals import CommunityRefused
from antenne.community.selectors.blocks import is_blocked, words_of
from antenne.community.selectors.comments import comment_open
from antenne.community.selectors.places import Place
from antenne.community.states import Cause, Ruled, comment_score
from antenne.community.wording import LINKS_MANY, links_count, text_clean, word_found
from antenne.kernel.clock import now
from antenne.kernel.environment import environment
from antenne.kernel.events import event_send
from antenne.kernel.facts import Fact, fact_record
from antenne.kernel.rate import Rate, rate_spend
from antenne.kernel.signing import subkey

COMMENT_MAX_CHARS = 5000
COMMENT_RATE = Rate("community.comment", limit=10, window_s=60)
_TWICE = timedelta(minutes=2)


def comment_create(
    *, by: Person, place: Place, body: str, reply_to: UUID | None = None, address: str = ""
) -> Comment:
    """Write a comment on a place that *by* may see; sent twice, it is there once.

    Raises `CommunityRefused`, `NotFound` for an unknown comment to answer, and `RateExceeded`.
    """
    text = _body_clean(body)
    _may_write(by, place)
    rate_spend(COMMENT_RATE, str(by.pk))
    with transaction.atomic():
        # One comment of a person at a time: what is sent twice at once is found here.
        Person.objects.select_for_update().get(pk=by.pk)
        target = _target(reply_to, by=by, place=place) if reply_to else None
        sent = _sent_before(by, place, text, target)
        if sent is not None:
            return sent
        _slow_check(by, place)
        return _write(by, place, text, target, address)


def _body_clean(body: str) -> str:
    if len(body) > 4 * COMMENT_MAX_CHARS:
        raise CommunityRefused(_("This comment is too long."))
    text = text_clean(body)
    if not text:
        raise CommunityRefused(_("Write something first."))
    if len(text) > COMMENT_MAX_CHARS:
        raise CommunityRefused(_("This comment is too long."))
    return text


def _may_write(by: Person, place: Place) -> None:
    if not place.open:
        raise CommunityRefused(_("Comments are switched off here."))
    if place.barred or is_blocked(by.pk, by=place.keeper_id):
        raise CommunityRefused(_("You cannot comment here."))


def _target(key: UUID, *, by: Person, place: Place) -> Comment:
    """Return the comment that is answered; it stands in the same place and can be seen.

    Its thread is locked: whoever takes the first comment away sees that it is answered.
    """
    target = Comment.objects.select_related("ruling").filter(pk=key, subject=place.subject).first()
    if target is None or target.removed or target.ruling.state != Ruled.SHOWN:
        raise NotFound(str(key))
    first = CommentRuling.objects.select_for_update().filter(pk=target.root_id or target.pk)
    if first.first() is None:
        raise NotFound(str(key))
    if target.person_id is not None and is_blocked(by.pk, by=target.person_id):
        raise CommunityRefused(_("You cannot answer this person."))
    return target


def _sent_before(by: Person, place: Place, text: str, target: Comment | None) -> Comment | None:
    """Return the same comment by the same person of a moment ago."""
    recent = Comment.objects.filter(person=by, created_at__gt=now() - _TWICE)
    return recent.filter(subject=place.subject, body=text, reply_to=target, removed=False).first()


def _slow_check(by: Person, place: Place) -> None:
    """Raise where somebody writes again before the video's slow mode allows it."""
    if not place.slow_mode_s or place.kept:
        return
    since = now() - timedelta(seconds=place.slow_mode_s)
    recent = Comment.objects.filter(person=by, created_at__gt=since, subject=place.subject)
    last = recent.order_by("-created_at").values_list("created_at", flat=True).first()
    if last is not None:
        wait_s = max(1, round((last - since).total_seconds()))
        words = _("Slow mode is on: you can write again in %(seconds)s seconds.")
        raise CommunityRefused(words % {"seconds": wait_s})


def _write(by: Person, place: Place, text: str, target: Comment | None, address: str) -> Comment:
    comment = Comment.objects.create(
        home=by.home,
        audience=place.audience,
        subject=place.subject,
        video=place.video,
        post=place.post,
        person=by,
        body=text,
        reply_to=target,
        root_id=(target.root_id or target.pk) if target else None,
    )
    CommentOrigin.objects.create(comment=comment, home=by.home, address_hash=_hashed(address))
    cause = _cause_of(place, text)
    ruling = CommentRuling(
        comment=comment,
        home=place.home,
        audience=place.audience,
        subject=place.subject,
        video=place.video,
        post=place.post,
        root=comment.root_id,
        state=Ruled.HELD if cause else Ruled.SHOWN,
        cause=cause,
        score=_score(comment, likes=0, replies=0, hearted=False),
    )
    ruling.save(force_insert=True)
    if cause:
        fact_record(Fact("comment.held", {"comment": str(comment.pk)}))
    else:
        comment_published(ruling, place)
    return comment


def _hashed(address: str) -> str:
    key = subkey(environment().secret, "comment-origin")
    return hmac.digest(key, address.encode(errors="surrogatepass"), hashlib.sha256).hex()[:32]


def _cause_of(place: Place, text: str) -> Cause:
    """Return why a comment waits for review, or nothing."""
    if place.kept:
        return Cause.NONE
    if place.commenting == Commenting.HELD:
        return Cause.REVIEW
    if word_found(text, words_of(place.keeper_id)):
        return Cause.WORDS
    return Cause.LINKS if links_count(text) >= LINKS_MANY else Cause.NONE


def _score(comment: Comment, *, likes: int, replies: int, hearted: bool) -> int:
    made_s = comment.created_at.timestamp()
    return comment_score(likes=likes, replies=replies, hearted=hearted, made_s=made_s)


def comment_published(ruling: CommentRuling, place: Place) -> None:
    """Count a comment that everybody sees from now on, and tell whom it concerns."""
    _count(ruling, place, by=1)
    fact_record(Fact("comment.posted", {"comment": str(ruling.pk)}))


def comment_withdrawn(ruling: CommentRuling, place: Place) -> None:
    """Stop counting a comment that others do not see any more, and stop telling of it."""
    Notification.objects.filter(comment=ruling.pk).delete()
    _count(ruling, place, by=-1)


def _count(ruling: CommentRuling, place: Place, *, by: int) -> None:
    tally_add(subject=place.subject, home=place.home, kind=TallyKind.COMMENTS, by=by)
    if ruling.root:
        CommentRuling.objects.filter(pk=ruling.root, replies__gte=-by).update(
            replies=F("replies") + by
        )
        comment_rank(key=ruling.root)
    total = tallies_of([place.subject])[place.subject].get(TallyKind.COMMENTS, 0)
    event_send(place.topic, "comments", count=total, by=by)


def comment_rank(*, key: UUID) -> None:
    """Write again how a comment ranks, after likes, answers or a heart."""
    ruling = CommentRuling.objects.select_related("comment").filter(pk=key).first()
    if ruling is None:
        return
    likes = tallies_of([key])[key].get(TallyKind.LIKES, 0)
    score = _score(ruling.comment, likes=likes, replies=ruling.replies, hearted=ruling.hearted)
    CommentRuling.objects.filter(pk=key).update(score=score)


def comment_edit(*, by: Person, key: UUID, body: str) -> Comment:
    """Change the text of one's own comment; it is shown as edited, and may have to wait again."""
    text = _body_clean(body)
    rate_spend(COMMENT_RATE, str(by.pk))
    with transaction.atomic():
        comment, place = _own(key, by=by)
        _may_write(by, place)
        if text != comment.body:
            comment.body, comment.edited_at = text, now()
            comment.save(update_fields=["body", "edited_at"])
            _rule_again(comment, place, _cause_of(place, text))
    return comment


def _own(key: UUID, *, by: Person) -> tuple[Comment, Place]:
    """Return a comment of one's own, locked; raise `NotFound` for any other."""
    comment, place = comment_open(key, viewer=by)
    if comment.person_id != by.pk or comment.removed:
        raise NotFound(str(key))
    Comment.objects.select_for_update().get(pk=key)
    return comment, place


def _rule_again(comment: Comment, place: Place, cause: Cause) -> None:
    """Hold an edited comment that would have been held when it was new."""
    ruling = CommentRuling.objects.select_for_update().get(pk=comment.pk)
    if cause and cause != Cause.REVIEW and ruling.state == Ruled.SHOWN:
        ruling.state, ruling.cause, ruling.pinned = Ruled.HELD, cause, False
        ruling.save(update_fields=["state", "cause", "pinned"])
        comment_withdrawn(ruling, place)
        fact_record(Fact("comment.held", {"comment": str(comment.pk)}))


@transaction.atomic
def comment_remove(*, by: Person, key: UUID) -> None:
    """Take one's own comment away; where others have answered, its place stays, empty."""
    comment, place = _own(key, by=by)
    comment_erase(comment=comment, place=place)


def comment_erase(*, comment: Comment, place: Place) -> None:
    """Erase a comment, and the emptied one above it that nobody answers any more.

    One that others have answered keeps its place, without its text and without its writer.
    """
    ruling = CommentRuling.objects.select_for_update().get(pk=comment.pk)
    answered = Comment.objects.filter(root=comment).exists()
    if ruling.state == Ruled.SHOWN and not comment.removed:
        comment_withdrawn(ruling, place)
    CommentOrigin.objects.filter(comment=comment).delete()
    Like.objects.filter(subject=comment.pk).delete()
    tallies_clear(subjects=[comment.pk])
    if answered:
        comment.body, comment.removed, comment.person = "", True, None
        comment.save(update_fields=["body", "removed", "person"])
        CommentRuling.objects.filter(pk=comment.pk).update(pinned=False, hearted=False)
        return
    root = comment.root_id
    comment.delete()
    emptied = Comment.objects.filter(pk=root, removed=True) if root else Comment.objects.none()
    if not Comment.objects.filter(root=root).exists():
        emptied.delete()
