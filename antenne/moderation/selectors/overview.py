"""What waits for an operator, what is wrong right now, and how much there is."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db.models import Count, Min, Q, Sum
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker

from antenne.accounts.models import Person
from antenne.accounts.selectors import operator_check, sign_up_requests
from antenne.catalog.models import Channel, Video
from antenne.catalog.states import PLAYABLE, Visibility
from antenne.custody.mail import mail_leaves
from antenne.custody.selectors import setting_of
from antenne.custody.settings import SignUpMode, SignUpSettings
from antenne.kernel.clock import now
from antenne.kernel.environment import environment
from antenne.kernel.hosts import host_is_loopback, host_is_near, host_name
from antenne.moderation.models import Appeal, Report
from antenne.moderation.states import AppealState, ReportState
from antenne.pipeline.models import Unit, Upload
from antenne.pipeline.states import UnitState, UploadState

_DAY = timedelta(days=1)
_WORKER_SILENT_S = 60
_LATE = timedelta(minutes=10)
_DISK_COMFORT = 3


@dataclass(frozen=True, slots=True)
class Waiting:
    """How much waits for somebody's decision."""

    reports: int
    appeals: int
    sign_ups: int
    failed_jobs: int
    urgent: int


@dataclass(frozen=True, slots=True)
class Concern:
    """Something that is wrong or waits; `place` names the page that mends it."""

    title: str
    text: str | Promise
    place: str
    wrong: bool


@dataclass(frozen=True, slots=True)
class Figures:
    """How much there is."""

    people: int
    people_new: int
    channels: int
    videos: int
    videos_public: int
    videos_new: int
    in_work: int
    source_bytes: int


def waiting(*, by: Person) -> Waiting:
    """Return what waits; raise `NotAllowed`."""
    operator_check(by)
    return waiting_count()


def waiting_count() -> Waiting:
    """Return what waits, for whoever it is told to."""
    reports = Report.objects.filter(state=ReportState.OPEN)
    found = reports.aggregate(all=Count("pk"), urgent=Count("pk", filter=Q(urgent=True)))
    return Waiting(
        reports=found["all"],
        urgent=found["urgent"],
        appeals=Appeal.objects.filter(state=AppealState.OPEN).count(),
        sign_ups=sign_up_requests().count(),
        failed_jobs=ProcrastinateJob.objects.filter(status="failed").count(),
    )


def figures(*, by: Person) -> Figures:
    """Return how much there is; raise `NotAllowed`."""
    operator_check(by)
    edge = now() - _DAY
    people = Person.objects.aggregate(
        all=Count("pk"), new=Count("pk", filter=Q(created_at__gte=edge))
    )
    shown = Q(visibility=Visibility.PUBLIC, state__in=PLAYABLE)
    videos = Video.objects.aggregate(
        all=Count("pk"),
        shown=Count("pk", filter=shown),
        new=Count("pk", filter=Q(created_at__gte=edge)),
    )
    kept = Upload.objects.filter(state=UploadState.FINISHED)
    return Figures(
        people=people["all"],
        people_new=people["new"],
        channels=Channel.objects.count(),
        videos=videos["all"],
        videos_public=videos["shown"],
        videos_new=videos["new"],
        in_work=Unit.objects.filter(state__in=[UnitState.WAITING, UnitState.RUNNING]).count(),
        source_bytes=kept.aggregate(total=Sum("size_bytes"))["total"] or 0,
    )


def concerns(*, by: Person, host: str = "") -> list[Concern]:
    """Return what is wrong or waits right now, the worst first; raise `NotAllowed`.

    *host* is the name under which *by* came.
    """
    found = [*_machinery(), *_people(waiting(by=by)), *_address(host)]
    return sorted(found, key=lambda concern: not concern.wrong)


def _people(waits: Waiting) -> list[Concern]:
    found: list[Concern] = []
    if waits.reports:
        title = ngettext("%(n)s open report", "%(n)s open reports", waits.reports)
        urgent = _("%(n)s of them urgent.") % {"n": waits.urgent} if waits.urgent else ""
        title %= {"n": waits.reports}
        found.append(Concern(title, urgent, "desk_reports", bool(waits.urgent)))
    if waits.sign_ups:
        title = ngettext("%(n)s sign-up waits", "%(n)s sign-ups wait", waits.sign_ups)
        found.append(Concern(title % {"n": waits.sign_ups}, "", "desk_joining", wrong=False))
    if waits.appeals:
        title = ngettext("%(n)s appeal", "%(n)s appeals", waits.appeals)
        found.append(Concern(title % {"n": waits.appeals}, "", "desk_appeals", wrong=False))
    return found


def _machinery() -> list[Concern]:
    return [*_jobs(), *_disk(), *_mail()]


def _jobs() -> list[Concern]:
    found: list[Concern] = []
    edge = now() - timedelta(seconds=_WORKER_SILENT_S)
    if not ProcrastinateWorker.objects.filter(last_heartbeat__gte=edge).exists():
        text = _("Nothing is encoded and no mail leaves until a worker runs.")
        found.append(Concern(_("No worker runs"), text, "desk_jobs", wrong=True))
    failed = ProcrastinateJob.objects.filter(status="failed").count()
    if failed:
        title = ngettext("%(n)s failed job", "%(n)s failed jobs", failed) % {"n": failed}
        found.append(Concern(title, "", "desk_jobs", wrong=True))
    dead = Unit.objects.filter(state=UnitState.DEAD, finished_at__gte=now() - 7 * _DAY).count()
    if dead:
        title = ngettext("%(n)s encode given up", "%(n)s encodes given up", dead) % {"n": dead}
        found.append(Concern(title, _("In the last seven days."), "desk_units", wrong=True))
    oldest = _oldest_due()
    if oldest:
        found.append(Concern(_("The queue runs late"), oldest, "desk_jobs", wrong=False))
    return found


def _oldest_due() -> str:
    """Return since when the oldest job that could run waits, where that is long ago."""
    due = ProcrastinateJob.objects.filter(status="todo").filter(
        Q(scheduled_at=None) | Q(scheduled_at__lte=now())
    )
    events = due.filter(procrastinateevent__type="deferred")
    oldest = events.aggregate(at=Min("procrastinateevent__at"))["at"]
    if oldest is None or now() - oldest < _LATE:
        return ""
    minutes = int((now() - oldest).total_seconds() // 60)
    return _("The oldest job has waited for %(minutes)s minutes.") % {"minutes": minutes}


def _disk() -> list[Concern]:
    ours = environment()
    free = shutil.disk_usage(ours.home).free
    if free > _DISK_COMFORT * ours.disk_reserve_bytes:
        return []
    text = _("%(free).1f GB are free; uploads stop at %(least).1f GB.")
    numbers = {"free": free / 1e9, "least": ours.disk_reserve_bytes / 1e9}
    full = free <= ours.disk_reserve_bytes
    return [Concern(_("The disk fills up"), text % numbers, "desk_storage", full)]


def _address(host: str) -> list[Concern]:
    """Say that nobody has set the site's address, where others than those at home may come."""
    ours = environment()
    name = host_name(f"//{host}")
    home = host_is_loopback(ours.host) and not ours.secure and (not name or host_is_near(name))
    if ours.public_url or home:
        return []
    text = _("Pages believe whatever address a request names. Set ANTENNE_PUBLIC_URL.")
    return [Concern(_("No public address is set"), text, "desk_checks", wrong=False)]


def _mail() -> list[Concern]:
    if mail_leaves() or setting_of(SignUpSettings).mode == SignUpMode.CLOSED:
        return []
    text = _("People can sign up, but their address cannot be verified.")
    return [Concern(_("No mail server is set"), text, "desk_mail", wrong=True)]


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that `antenne doctor` looked at."""

    name: str
    state: str
    detail: str
    mend: str


def findings(*, by: Person) -> list[Found]:
    """Return what `antenne doctor` finds, the bad first; raise `NotAllowed`. Takes a second."""
    operator_check(by)
    order = ("wrong", "warning", "ok")
    found = [
        Found(each.name, str(each.state), each.detail, each.mend)
        for each in import_string(settings.DESK_FINDINGS)()
    ]
    return sorted(found, key=lambda each: order.index(each.state))
