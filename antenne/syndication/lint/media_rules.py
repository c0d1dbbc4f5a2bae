"""Rules about the file of an item, its picture and its rights."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import urlsplit

from antenne.syndication.lint.findings import (
    Context,
    Node,
    Rule,
    Said,
    advice,
    has,
    refused,
    tag,
    text_of,
)
from antenne.syndication.lint.findings import gettext_noop as _

EXTENSIONS: Final = frozenset({".mp4", ".m4v", ".mpg", ".mpeg", ".avi", ".wmv"})
STREAMS: Final = frozenset({".m3u8", ".mpd", ".ism"})
FILE_MAX_BYTES: Final = 2 * 1024**3
LEAST_S: Final = 10
GOOD_LINES: Final = 720
GOOD_BPS: Final = 3_000_000
THUMBNAIL_LEAST_PX: Final = 150
THUMBNAIL_KINDS: Final = frozenset({".jpg", ".jpeg", ".png"})
_SHAPES: Final = (16 / 9, 4 / 3, 1200 / 624)
_SHAPE_SLACK: Final = 0.02


def contents_of(item: Node) -> list[Node]:
    """Return the videos of an item, wherever Media RSS allows them to stand."""
    found = [*item.findall(tag("media:content")), *item.findall(f".//{tag('media:group')}/*")]
    kept = []
    for node in found:
        kind = f"{node.get('medium', '')} {node.get('type', '')}"
        if node.tag == tag("media:content") and ("video" in kind or "mpegurl" in kind.lower()):
            kept.append(node)
    return kept


def holds_a_video(item: Node, _context: Context) -> Iterator[Said]:
    """There is one <media:content> that is a video."""
    if not contents_of(item):
        words = _("The item has no <media:content> with medium or type of a video.")
        yield refused("media-missing", words)


def file_can_be_fetched(item: Node, _context: Context) -> Iterator[Said]:
    """The portal fetches the file, so it has to be one, at an https address."""
    for content in contents_of(item):
        address = urlsplit(content.get("url", ""))
        extension = PurePosixPath(address.path).suffix.lower()
        if not address.netloc:
            yield refused("media-address", _("<media:content> has no url."))
            continue
        if address.scheme != "https":
            yield refused("media-insecure", _("The file's address has to begin with https://"))
        if address.username is not None:
            yield refused("media-credentials", _("The file's address holds a user name."))
        if extension in STREAMS:
            yield refused("media-stream", _("This is a stream; the portal wants one file."))
        elif extension not in EXTENSIONS:
            known = ", ".join(sorted(EXTENSIONS))
            words = _("The address ends with none of %(known)s.")
            yield refused("media-extension", words, known=known)


def file_is_right_in_size(item: Node, _context: Context) -> Iterator[Said]:
    """At least ten seconds, at most two gigabytes."""
    for content in contents_of(item):
        size, length_s = _number(content, "fileSize"), _number(content, "duration")
        if size is None:
            yield advice("media-size-missing", _("<media:content> does not say its fileSize."))
        elif size > FILE_MAX_BYTES:
            words = _("%(size)s bytes; at most %(most)s.")
            yield refused("media-large", words, size=f"{size:.0f}", most=FILE_MAX_BYTES)
        if length_s is None:
            yield advice("media-duration-missing", _("<media:content> does not say its duration."))
        elif length_s < LEAST_S:
            words = _("%(seconds)s seconds; at least %(least)s.")
            yield refused("media-brief", words, seconds=f"{length_s:g}", least=LEAST_S)


def picture_is_good(item: Node, _context: Context) -> Iterator[Said]:
    """720 lines and 3 Mb/s look well."""
    for content in contents_of(item):
        width, height = _number(content, "width"), _number(content, "height")
        if width and height and min(width, height) < GOOD_LINES:
            words = _("%(shape)s; 720 lines are advised.")
            yield advice("media-small", words, shape=_shape(width, height))
        size, length_s = _number(content, "fileSize"), _number(content, "duration")
        if size and length_s and size * 8 / length_s < GOOD_BPS:
            words = _("%(speed)s Mb/s; 3 are advised.")
            yield advice("media-bitrate", words, speed=f"{size * 8 / length_s / 1e6:.1f}")


def language_is_one(item: Node, context: Context) -> Iterator[Said]:
    """One feed is in one language."""
    for content in contents_of(item):
        spoken = content.get("lang", "").lower().split("-")[0]
        if spoken and context.language and spoken != context.language.split("-")[0]:
            words = _("The video is in %(spoken)s, the feed in %(language)s.")
            yield refused("language-other", words, spoken=spoken, language=context.language)


def has_a_thumbnail(item: Node, _context: Context) -> Iterator[Said]:
    """A JPEG or PNG, 16:9 or 4:3, not too small."""
    found = item.findall(f".//{tag('media:thumbnail')}")
    if not found:
        yield refused("thumbnail-missing", _("The item has no <media:thumbnail>."))
    for thumbnail in found[:1]:
        yield from _thumbnail(thumbnail)


def _thumbnail(thumbnail: Node) -> Iterator[Said]:
    address = urlsplit(thumbnail.get("url", ""))
    extension = PurePosixPath(address.path).suffix.lower()
    if address.scheme != "https":
        yield refused("thumbnail-insecure", _("The picture's address has to begin with https://"))
    if extension == ".gif":
        yield refused("thumbnail-gif", _("The picture is a GIF; JPEG or PNG are taken."))
    elif extension not in THUMBNAIL_KINDS:
        yield advice("thumbnail-kind", _("The picture's address does not end with .jpg or .png."))
    width, height = _number(thumbnail, "width"), _number(thumbnail, "height")
    if not width or not height:
        return
    if min(width, height) < THUMBNAIL_LEAST_PX:
        words = _("%(shape)s; at least 150 x 150.")
        yield refused("thumbnail-small", words, shape=_shape(width, height))
    if not any(abs(width / height / shape - 1) < _SHAPE_SLACK for shape in _SHAPES):
        words = _("%(shape)s is neither 16:9 nor 4:3.")
        yield advice("thumbnail-shape", words, shape=_shape(width, height))


def _shape(width_px: float, height_px: float) -> str:
    return f"{width_px:.0f} x {height_px:.0f}"


def rights_are_said(item: Node, _context: Context) -> Iterator[Said]:
    """Whoever may not syndicate says who may."""
    for content in contents_of(item):
        said = text_of(content, "mi:hasSyndicationRights") or text_of(
            item, "mi:hasSyndicationRights"
        )
        if said not in {"0", "1"}:
            yield refused("rights-missing", _("<mi:hasSyndicationRights> says neither 1 nor 0."))
        elif said == "0" and not _licensed(content, item):
            words = _("Without the rights, <mi:licensorName> and <mi:licenseId> are needed.")
            yield refused("rights-licensor", words)


def _licensed(content: Node, item: Node) -> bool:
    names = ("mi:licensorName", "mi:licenseId")
    return all(text_of(content, name) or text_of(item, name) for name in names)


def words_are_there(item: Node, _context: Context) -> Iterator[Said]:
    """Credit, title and text of the video itself."""
    for content in contents_of(item):
        for name in ("media:credit", "media:title", "media:text"):
            if not has(content, name) and not has(item, name):
                rule = f"{name.replace(':', '-')}-missing"
                yield advice(rule, _("<media:content> has no <%(name)s>."), name=name)


def _number(node: Node, name: str) -> float | None:
    try:
        return float(node.get(name, ""))
    except ValueError:
        return None


MEDIA_RULES: Final[tuple[Rule, ...]] = (
    holds_a_video,
    file_can_be_fetched,
    file_is_right_in_size,
    picture_is_good,
    language_is_one,
    has_a_thumbnail,
    rights_are_said,
    words_are_there,
)
