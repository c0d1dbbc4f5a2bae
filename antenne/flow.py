"""Which fact leads to which work: the table of contents of Antenne.

Read it from top to bottom and you have followed one video from upload to watch page. Services
record facts; `dispatch` hands each to its handlers, once each; handlers may run twice and may
die half-way.
"""

from __future__ import annotations

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.tasks import Task
from procrastinate.types import TimeDeltaParams

from antenne.accounts import tasks as accounts
from antenne.audience import tasks as audience
from antenne.catalog import tasks as catalog
from antenne.community import tasks as community
from antenne.kernel import tasks as kernel
from antenne.kernel.facts import DISPATCH_QUEUE, DISPATCH_TASK
from antenne.kernel.models import FactRecord
from antenne.kernel.services import fact_receipt
from antenne.moderation import tasks as moderation
from antenne.pipeline import tasks as pipeline
from antenne.syndication import tasks as syndication

Handler = Task[..., None, ...]

FLOW: dict[str, tuple[Handler, ...]] = {
    # a file comes in
    "upload.finished": (pipeline.source_probe,),
    "source.probed": (pipeline.stream_plan,),
    "source.refused": (pipeline.source_clear,),
    # and is encoded, the watchable first
    "unit.air_ready": (pipeline.unit_run_air,),
    "unit.quality_ready": (pipeline.unit_run_quality,),
    "survey.ready": (pipeline.source_survey,),
    "pictures.ready": (pipeline.pictures_make,),
    "captions.ready": (pipeline.captions_read,),
    "copy.failed": (pipeline.air_encode_plan,),
    "chunk.encoded": (pipeline.stream_advance,),
    "unit.finished": (pipeline.stream_advance,),
    "unit.given_up": (pipeline.stream_advance,),
    # until it can be watched, and until it is complete
    "stream.playable": (pipeline.video_air,),
    "stream.air_ended": (pipeline.quality_plan,),
    "quality.planned": (pipeline.stream_advance,),
    "stream.completed": (pipeline.video_complete, pipeline.stream_sweep),
    "video.completed": (pipeline.files_make, syndication.completed_tell),
    # and made to be taken along where somebody asks
    "file.asked": (pipeline.files_make,),
    "files.made": (syndication.changed_tell,),
    "captions.changed": (pipeline.masters_renew,),
    "caption.replaced": (pipeline.caption_clear,),
    "stream.replaced": (pipeline.stream_clear,),
    "import.requested": (pipeline.source_fetch,),
    "cut.asked": (pipeline.source_cut,),
    "dub.asked": (pipeline.dub_look,),
    # people change what is said of it and who may watch
    "video.edited": (catalog.video_index, syndication.changed_tell),
    "video.published": (
        catalog.video_index,
        pipeline.files_make,
        community.video_tell,
        syndication.published_tell,
    ),
    "poster.asked": (pipeline.poster_take,),
    "poster.replaced": (pipeline.poster_clear,),
    "playlist.created": (catalog.playlist_index,),
    "playlist.edited": (catalog.playlist_index,),
    "playlist.removed": (),
    # people say what is wrong, and those who run the site decide
    "report.made": (moderation.report_confirm, moderation.desk_hears),
    "subject.decided": (moderation.sides_tell, moderation.desk_settles),
    "decision.reversed": (moderation.person_tell_reversal,),
    "appeal.made": (moderation.desk_hears,),
    "operator.changed": (moderation.desk_settles,),
    "appeal.answered": (moderation.person_tell_answer, moderation.desk_settles),
    "person.suspended": (moderation.person_videos,),
    "person.reactivated": (moderation.person_videos,),
    "video.withdrawn": (),
    "video.given_back": (syndication.changed_tell,),
    "setting.changed": (),
    # accounts: people come, letters leave
    "person.signed_up": (),
    "sign_up.waits": (moderation.desk_hears,),
    "sign_up.decided": (moderation.desk_settles,),
    "person.edited": (),
    "avatar.replaced": (accounts.avatar_clear,),
    "export.asked": (accounts.export_make,),
    # and go: what they have published, said and sent, then their name, then what is known of them
    "person.leaving": (catalog.person_leave,),
    "person.emptied": (community.person_leave,),
    "person.parted": (pipeline.person_clear,),
    "person.cleared": (moderation.person_unname,),
    "person.unnamed": (accounts.person_erase,),
    "mail.queued": (accounts.mail_deliver,),
    # and it is found by what is known of it
    "video.described": (catalog.video_index,),
    "caption.put": (catalog.caption_index,),
    "caption.removed": (catalog.video_index,),
    "channel.edited": (catalog.channel_index,),
    # channels and the people who work on them
    "channel.picture_replaced": (catalog.channel_picture_clear,),
    "channel.removed": (catalog.channel_pictures_clear, community.channel_posts_clear),
    "channel.handed_over": (community.handed_over_tell,),
    "team.invited": (community.invited_tell,),
    "team.joined": (community.joined_tell,),
    "video.removed": (pipeline.objects_clear, community.video_clear),
    # other sites are told, and told of
    "video.hidden": (syndication.hidden_tell,),
    "webhook.queued": (syndication.webhook_deliver,),
    "hub.asked": (syndication.hub_verify,),
    "hub.due": (syndication.hub_push,),
    "source.due": (syndication.source_read,),
    # people talk about it
    "comment.posted": (community.comment_tell,),
    "comment.held": (community.held_tell,),
    "comment.hearted": (community.heart_tell,),
    "post.published": (community.post_index, community.post_link, community.post_tell),
    "post.edited": (community.post_index, community.post_link),
    "post.removed": (community.post_clear,),
    "post.emptied": (community.post_pictures_clear,),
    "group.changed": (community.group_index,),
    "member.asked": (community.asked_tell,),
    "member.let_in": (community.let_in_tell,),
}

PERIODIC = (
    kernel.facts_clean,
    kernel.jobs_rescue,
    accounts.leftovers_clean,
    accounts.erasures_begin,
    catalog.scheduled_publish,
    pipeline.files_catch_up,
    pipeline.hot_begin,
    catalog.search_catch_up,
    catalog.trends_update,
    community.search_catch_up,
    community.words_count,
    pipeline.units_rescue,
    pipeline.uploads_rescue,
    pipeline.uploads_clean,
    syndication.sources_call,
    syndication.leftovers_forget,
    audience.events_fold_due,
    audience.forget,
    community.letters_now,
    community.letters_daily,
    community.letters_weekly,
    community.old_forget,
    moderation.decisions_end,
    moderation.log_forget,
)


@app.task(name=DISPATCH_TASK, queue=DISPATCH_QUEUE)
def dispatch(*, fact_id: str) -> None:
    """Hand a fact to its handlers; running twice hands out once."""
    fact = FactRecord.objects.filter(pk=fact_id).first()
    if fact is None:
        return
    priority = int(fact.payload.pop("priority", 50))
    wait_s = int(fact.payload.pop("wait_s", 0))
    later: TimeDeltaParams | None = {"seconds": wait_s} if wait_s else None
    for handler in FLOW[fact.name]:
        with transaction.atomic():
            if fact_receipt(fact=fact, handler=handler.name):
                handler.configure(priority=priority, schedule_in=later).defer(**fact.payload)
