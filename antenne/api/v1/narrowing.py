"""What videos of a list must be like: the same filters for searching and listing."""

from __future__ import annotations

from pydantic import Field

from antenne.api.v1.fields import Language, Text
from antenne.api.v1.paging import PageAsked
from antenne.catalog.selectors.search import Length, Narrowing, Quality, Since
from antenne.catalog.states import Category
from antenne.catalog.wording import tag_key


class Narrowed(PageAsked):
    """What videos must be like; what is left out asks for nothing."""

    length: Length | None = None
    since: Since | None = None
    quality: Quality | None = Field(default=None, description="At least this large a picture.")
    captions: Language = Field(default="", description="`any`, or a language.")
    language: Language = ""
    category: Category | None = None
    tag: Text = Field(default="", max_length=48)

    def narrowing(self) -> Narrowing:
        """Return what the catalog understands."""
        return Narrowing(
            length=self.length or "",
            since=self.since or "",
            quality=self.quality or "",
            captions=self.captions.lower(),
            language=self.language.lower(),
            category=self.category or "",
            tag=tag_key(self.tag),
        )
