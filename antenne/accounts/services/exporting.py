"""Everything that is kept about a person, in one file: for them to read, and for programs."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import IO, Any
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from antenne.accounts.models import DataExport, ExportState, User
from antenne.accounts.refusals import AccountRefused
from antenne.accounts.selectors import language_of
from antenne.accounts.services.mails import mail_send
from antenne.custody.ownership import (
    LEFT_OUT,
    fields_told,
    labels_told,
    rows_about,
    sentence_of,
)
from antenne.custody.selectors import setting_of
from antenne.custody.settings import SiteSettings
from antenne.kernel.clock import now
from antenne.kernel.environment import environment
from antenne.kernel.facts import Fact, fact_record
from antenne.kernel.rate import Rate, rate_spend
from antenne.kernel.storage.opening import storage_open

EXPORT_DAYS = 7
EXPORT_RATE = Rate("accounts.export", limit=3, window_s=86_400)
_READABLE_ROWS = 500
_AT_ONCE = 2000


def export_ask(*, user: User) -> DataExport:
    """Have everything about a person be gathered; raise `AccountRefused` while that is going on.

    Raises `RateExceeded` where it is asked for more than three times a day.
    """
    rate_spend(EXPORT_RATE, str(user.pk))
    try:
        with transaction.atomic():
            export = DataExport.objects.create(home=user.home, user=user)
            fact_record(Fact("export.asked", {"export": str(export.pk)}))
    except IntegrityError as error:
        raise AccountRefused(_("Your data is being gathered already.")) from error
    return export


def export_folder(export: DataExport) -> str:
    """Return the folder of an export below `media`: no video's, of 12 letters."""
    return f"e{export.pk.hex[-11:]}"


def export_make(*, export_id: UUID) -> None:
    """Gather everything and store it; made anew where it is run twice."""
    export = DataExport.objects.select_related("user__person").filter(pk=export_id).first()
    if export is None or export.state != ExportState.MAKING:
        return
    path = f"{export_folder(export)}/{export.pk.hex}.zip"
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "export.zip")
        with override(language_of(export.user)):
            _archive_write(export, file)
        size_bytes = file.stat().st_size
        storage_open(environment()).put_file(f"media/{path}", file)
    _export_ready(export, path=path, size_bytes=size_bytes)


@transaction.atomic
def _export_ready(export: DataExport, *, path: str, size_bytes: int) -> None:
    found = {"path": path, "size_bytes": size_bytes, "done_share": 1.0, "state": ExportState.READY}
    end = now() + timedelta(days=EXPORT_DAYS)
    DataExport.objects.filter(pk=export.pk).update(**found, expires_at=end)
    with override(language_of(export.user)):
        subject = _("Your data is ready")
        text = _("You can fetch it within a week, on the page “Your data” of your account.")
    mail_send(user=export.user, kind="account.export", subject=subject, text=text)


def _archive_write(export: DataExport, file: Path) -> None:
    """Write the archive: `data` whole, `index.json`, and `index.html` with what can be read."""
    labels = list(labels_told())
    parts: list[dict[str, Any]] = []
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for number, label in enumerate(labels):
            with archive.open(f"data/{label}.json", "w", force_zip64=True) as into:
                shown, count = _rows_write(label, export.user.pk, into)
            if count:
                names = fields_told(label)
                said = {"label": label, "sentence": sentence_of(label), "names": names}
                parts.append({**said, "count": count, "rows": shown})
            DataExport.objects.filter(pk=export.pk).update(done_share=(number + 1) / len(labels))
        _avatar_write(export, archive)
        _index_write(export, archive, parts)


def _index_write(export: DataExport, archive: ZipFile, parts: list[dict[str, Any]]) -> None:
    """Write what is in the archive and what is not: for programs, and to be read."""
    left_out = {label: str(reason) for label, reason in LEFT_OUT.items()}
    index = {"made_at": now(), "rows": {part["label"]: part["count"] for part in parts}}
    told = json.dumps(index | {"left_out": left_out}, cls=DjangoJSONEncoder, ensure_ascii=False)
    archive.writestr("index.json", told)
    context = {"parts": parts, "left_out": left_out, "person": export.user.person}
    context |= {"made_at": now(), "site_name": setting_of(SiteSettings).name}
    context |= {"most": _READABLE_ROWS}
    archive.writestr("index.html", render_to_string("account/export.html", context))


def _rows_write(label: str, user_id: UUID, into: IO[bytes]) -> tuple[list[list[Any]], int]:
    """Write the rows of a model as a JSON list; return the first as lists, and how many."""
    names = fields_told(label)
    shown: list[list[Any]] = []
    count = 0
    into.write(b"[")
    for row in _rows_of(label, user_id, names):
        into.write(b",\n" if count else b"\n")
        into.write(json.dumps(row, cls=DjangoJSONEncoder, ensure_ascii=False).encode())
        count += 1
        if count <= _READABLE_ROWS:
            shown.append([row[name] for name in names])
    into.write(b"\n]\n")
    return shown, count


def _rows_of(label: str, user_id: UUID, names: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    rows = rows_about(label, user_id).order_by("pk").values(*names)
    yield from rows.iterator(chunk_size=_AT_ONCE)


def _avatar_write(export: DataExport, archive: ZipFile) -> None:
    person = export.user.person
    if person.avatar:
        key = f"media/{person.picture_folder}/{person.avatar}"
        archive.writestr(f"files/{person.avatar}", storage_open(environment()).get(key))


def export_fail(*, export_id: UUID) -> None:
    """Note that an export could not be made, so that another may be asked for."""
    rows = DataExport.objects.filter(pk=export_id, state=ExportState.MAKING)
    rows.update(state=ExportState.FAILED, expires_at=now() + timedelta(days=1))


def exports_forget() -> None:
    """Delete exports that have run out, and give up those that nobody makes any more."""
    storage = storage_open(environment())
    for export in DataExport.objects.filter(expires_at__lt=now()):
        storage.delete_prefix(f"media/{export_folder(export)}")
        export.delete()
    old = DataExport.objects.filter(created_at__lt=now() - timedelta(days=1))
    for export in old.filter(state=ExportState.MAKING):
        export_fail(export_id=export.pk)
