"""Kinds of values that the API takes in, each bounded."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

_FIRST = datetime(2000, 1, 1, tzinfo=UTC)
_LAST = datetime(2200, 1, 1, tzinfo=UTC)


def _text_check(value: str) -> str:
    """Refuse what PostgreSQL cannot keep in a text: NUL, and halves of a surrogate pair."""
    if "\x00" in value or any("\ud800" <= letter <= "\udfff" for letter in value):
        words = _("There is something in this that is no letter.")
        raise PydanticCustomError("text_letters", "{words}", {"words": words})
    return value


def _moment_check(value: datetime) -> datetime:
    if not _FIRST <= value < _LAST:
        words = _("This date is too far away.")
        raise PydanticCustomError("moment_range", "{words}", {"words": words})
    return value


def _email_check(value: str) -> str:
    try:
        validate_email(value)
    except ValidationError as error:
        words = _("This is not an e-mail address.")
        raise PydanticCustomError("email", "{words}", {"words": words}) from error
    return value


Text = Annotated[str, AfterValidator(_text_check)]
Title = Annotated[Text, StringConstraints(min_length=1, max_length=200)]
Name = Annotated[Text, StringConstraints(min_length=1, max_length=80)]
Handle = Annotated[str, StringConstraints(max_length=32, pattern=r"^@?[A-Za-z0-9_-]+$")]
Filename = Annotated[Text, StringConstraints(min_length=1, max_length=1000)]
Language = Annotated[
    str, StringConstraints(max_length=8, pattern=r"^([A-Za-z]{2,3}(-[A-Za-z0-9]{2,4})?)?$")
]
Password = Annotated[Text, StringConstraints(max_length=128)]
WebAddress = Annotated[
    Text, StringConstraints(max_length=2000, pattern=r"^[Hh][Tt][Tt][Pp][Ss]?://[^\s/?#]+\S*$")
]
Bytes = Annotated[int, Field(ge=1, le=2**53)]
Moment = Annotated[AwareDatetime, AfterValidator(_moment_check)]


Email = Annotated[Text, StringConstraints(max_length=254), AfterValidator(_email_check)]


class Asked(Schema):
    """A body that a caller sends: what it names beyond its fields is refused."""

    model_config = ConfigDict(extra="forbid")


class Said(BaseModel):
    """Something that the API says, filled by us: ninja's own schema asks for each value in Python.

    It is ready for ninja as it stands, and not checked a second time.
    """

    model_config = ConfigDict(from_attributes=True)
