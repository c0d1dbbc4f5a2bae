"""Groups: founding, joining, letting in, roles."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from antenne.accounts.handles import handle_free, handle_like
from antenne.accounts.models import Person
from antenne.catalog.refusals import NotFound
from antenne.catalog.services.search import STALE
from antenne.catalog.states import Audience
from antenne.community.models import Comment, CommentRuling, Group, GroupMember, Post, PostSearch
from antenne.community.refusals import CommunityRefused
from antenne.community.selectors.groups import groups_check, may_lead, role_in
from antenne.community.services.posts import post_discard
from antenne.community.states import INSIDE, Joining, Role
from antenne.community.wording import text_clean
from antenne.kernel.facts import Fact, fact_record
from antenne.kernel.rate import Rate, rate_spend
from antenne.kernel.wording import one_line

GROUP_RATE = Rate("community.group", limit=5, window_s=3600)
JOIN_RATE = Rate("community.join", limit=30, window_s=3600)


def group_create(*, by: Person, name: str, about: str = "", joining: str = Joining.OPEN) -> Group:
    """Found a group and become its owner; raise `NotFound` where this site has none."""
    groups_check()
    clean = one_line(name)[:80]
    if not clean:
        raise CommunityRefused(_("A group needs a name."))
    if joining not in Joining.values:
        raise CommunityRefused(_("This choice is not known."))
    rate_spend(GROUP_RATE, str(by.pk))
    with transaction.atomic():
        base = handle_like(clean)
        near = Group.objects.filter(home=by.home, handle__istartswith=base)
        group = Group.objects.create(
            home=by.home,
            handle=handle_free(base, set(near.values_list("handle", flat=True))),
            name=clean,
            about=text_clean(about)[:2000],
            joining=joining,
        )
        GroupMember.objects.create(group=group, home=group.home, person=by, role=Role.OWNER)
        fact_record(Fact("group.changed", {"group": str(group.pk)}))
    return group


@transaction.atomic
def group_edit(*, by: Person, group: Group, name: str, about: str, joining: str) -> Group:
    """Change what a group says of itself and how people come in; its owner alone may."""
    if role_in(by, group) != Role.OWNER:
        raise NotFound(group.handle)
    clean = one_line(name)[:80]
    if not clean or joining not in Joining.values:
        raise CommunityRefused(_("A group needs a name."))
    group.name, group.about, group.joining = clean, text_clean(about)[:2000], joining
    group.save(update_fields=["name", "about", "joining"])
    audience = Audience.OWNERS if joining == Joining.APPROVAL else Audience.EVERYBODY
    Post.objects.filter(group=group).update(audience=audience)
    Comment.objects.filter(post__group=group).update(audience=audience)
    CommentRuling.objects.filter(post__group=group).update(audience=audience)
    # Who finds what is said here changes at once; the words are written again in their turn.
    PostSearch.objects.filter(group=group).update(audience=audience, words="", made_at=STALE)
    fact_record(Fact("group.changed", {"group": str(group.pk)}))
    return group


def group_join(*, by: Person, group: Group) -> str:
    """Come in, or ask to; return the role one has then. Doing it again changes nothing."""
    rate_spend(JOIN_RATE, str(by.pk))
    with transaction.atomic():
        wanted = Role.MEMBER if group.joining == Joining.OPEN else Role.ASKED
        row, made = GroupMember.objects.get_or_create(
            group=group, person=by, home=group.home, defaults={"role": wanted}
        )
        if row.role == Role.BANNED:
            raise CommunityRefused(_("You cannot join this group."))
        if made and wanted == Role.ASKED:
            fact_record(Fact("member.asked", {"member": str(row.pk)}))
    return row.role


@transaction.atomic
def group_leave(*, by: Person, group: Group) -> None:
    """Leave a group, or take back that one has asked; its owner stays."""
    rows = GroupMember.objects.filter(group=group, person=by)
    if rows.filter(role=Role.OWNER).exists():
        raise CommunityRefused(_("Hand the group to somebody else first."))
    rows.exclude(role=Role.BANNED).delete()


@transaction.atomic
def member_set(*, by: Person, group: Group, key: UUID, role: str) -> GroupMember:
    """Let somebody in, give them a role or ban them; moderators decide about members alone.

    Making somebody else the owner makes the owner a moderator.
    """
    mine = role_in(by, group)
    row = GroupMember.objects.select_for_update().filter(group=group, pk=key).first()
    if row is None or not may_lead(mine) or row.person_id == by.pk:
        raise NotFound(str(key))
    allowed = {Role.MEMBER, Role.BANNED}
    if mine == Role.OWNER:
        allowed |= {Role.MODERATOR, Role.OWNER}
    leader = row.role in (Role.OWNER, Role.MODERATOR)
    if role not in allowed or (leader and mine != Role.OWNER):
        raise CommunityRefused(_("You cannot give this role."))
    let_in = row.role == Role.ASKED and role in INSIDE
    row.role = role
    row.save(update_fields=["role"])
    if role == Role.OWNER:
        GroupMember.objects.filter(group=group, person=by).update(role=Role.MODERATOR)
    if let_in:
        fact_record(Fact("member.let_in", {"member": str(row.pk)}))
    return row


@transaction.atomic
def group_pass_on(*, key: UUID) -> None:
    """Give the group of an owner's row to whoever has helped longest, else been there longest.

    A group with nobody else in it goes, with its discussions.
    """
    owner = GroupMember.objects.select_for_update().filter(pk=key, role=Role.OWNER).first()
    if owner is None:
        return
    others = GroupMember.objects.filter(group=owner.group_id, role__in=INSIDE).exclude(pk=key)
    by_age = others.order_by("created_at", "pk")
    heir = by_age.filter(role=Role.MODERATOR).first() or by_age.first()
    owner.delete()
    if heir is not None:
        GroupMember.objects.filter(pk=heir.pk).update(role=Role.OWNER)
        return
    for post in Post.objects.filter(group=owner.group_id):
        post_discard(post=post)
    Group.objects.filter(pk=owner.group_id).delete()
