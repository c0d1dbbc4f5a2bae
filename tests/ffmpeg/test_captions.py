"""Captions keep their words and times, whatever they came in, and carry nothing else."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from antenne.ffmpeg.captions import (
    CAPTIONS_MAX_BYTES,
    CaptionsCode,
    CaptionsRefused,
    captions_parse,
    embedded_captions_extract,
)
from antenne.ffmpeg.probe import source_probe
from tests.clips import clip

ASS = r"""[Script Info]
ScriptType: v4.00+

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Dialogue: 0,0:00:01.00,0:00:02.50,Default,,0,0,0,,{\pos(1,2)}Hello\Nthere
Dialogue: 0,0:00:03.00,0:00:04.00,Default,,0,0,0,,{\p1}m 0 0 l 100 0 100 100{\p0}
Comment: 0,0:00:05.00,0:00:06.00,Default,,0,0,0,,a note
"""


def srt(text: str) -> str:
    return f"1\n00:00:01,000 --> 00:00:02,500\n{text}\n"


def said(written: str) -> str:
    head, _, rest = written.partition("00:00:01.000 --> 00:00:02.500\n")
    assert head == "WEBVTT\n\n"
    return rest.rstrip("\n")


def refused(data: bytes) -> CaptionsCode:
    with pytest.raises(CaptionsRefused) as caught:
        captions_parse(data, "captions.srt")
    return caught.value.code


def test_words_and_times_are_kept() -> None:
    assert captions_parse(srt("One\nTwo").encode(), "a.srt") == (
        "WEBVTT\n\n00:00:01.000 --> 00:00:02.500\nOne\nTwo\n"
    )


@pytest.mark.parametrize(
    ("charset", "text"),
    [
        ("utf-8", "Où êtes-vous ?"),
        ("utf-8-sig", "Où êtes-vous ?"),
        ("utf-16", "Où êtes-vous ?"),
        ("utf-16-le", "Where are you?"),
        ("cp1252", "Où êtes-vous, déjà là ?"),
        ("cp1252", "Größere Straßen für Füße"),
        ("cp1250", "Żółta gęś i książę są wściekli"),
        ("cp1251", "Где вы были вчера вечером?"),
        ("cp1253", "Πού είσαι τώρα;"),
        ("cp1254", "Şimdi neredesin, güneş doğdu, şu dağ çok güzel"),
        ("cp1255", "איפה אתה עכשיו"),
        ("cp1256", "أين أنت الآن"),
        ("cp932", "あなたは今どこにいますか"),
        ("gb18030", "你现在在什么地方,我们都在这里"),
        ("big5", "你現在在什麼地方,我們都在這裡"),
        ("euc-kr", "지금 어디에 있습니까"),
    ],
)
def test_the_character_set_is_found(charset: str, text: str) -> None:
    assert said(captions_parse(srt(text).encode(charset), "a.srt")) == text


def test_markup_and_scripts_become_harmless_text() -> None:
    text = "<b>Bold</b> <script>alert(1)</script> & a --> b &lt;img src=x&gt;"

    found = said(captions_parse(srt(text).encode(), "a.srt"))

    assert "<" not in found
    assert "-->" not in found
    assert found == "Bold alert(1) &amp; a --&gt; b &lt;img src=x&gt;"


def test_webvtt_styles_notes_and_settings_are_left_out() -> None:
    text = (
        "WEBVTT - title\n\nSTYLE\n::cue { background: url(http://127.0.0.1/) }\n\nNOTE secret\n\n"
        "id-1\n00:01.000 --> 00:02.500 line:0 position:20%\n<v Ann>Tom &amp; Jo</v>\n"
    )

    assert said(captions_parse(text.encode(), "a.vtt")) == "Tom &amp; Jo"


def test_of_a_styled_script_only_the_dialogue_stays() -> None:
    assert said(captions_parse(ASS.encode(), "a.ass")) == "Hello\nthere"


def test_the_content_decides_not_the_name() -> None:
    assert said(captions_parse(ASS.encode(), "a.srt")) == "Hello\nthere"


def test_a_blank_line_does_not_cut_a_cue() -> None:
    assert said(captions_parse(ASS.replace(r"\N", r"\N\N").encode(), "a.ass")) == "Hello\nthere"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", CaptionsCode.EMPTY),
        (b" \n\n", CaptionsCode.EMPTY),
        (b"\x00\x01\x02\x03" * 100, CaptionsCode.NOT_CAPTIONS),
        (b"<!doctype html><p>no captions</p>", CaptionsCode.NOT_CAPTIONS),
        (b"WEBVTT\n\nNOTE nothing here\n", CaptionsCode.NOT_CAPTIONS),
        (b"1" * (CAPTIONS_MAX_BYTES + 1), CaptionsCode.TOO_LARGE),
    ],
    ids=["empty", "blank", "bytes", "html", "no cues", "large"],
)
def test_what_is_no_caption_file_is_refused(data: bytes, code: CaptionsCode) -> None:
    assert refused(data) == code


def test_cues_are_put_in_order_and_none_lasts_no_time() -> None:
    text = (
        "1\n00:00:05,000 --> 00:00:06,000\nlater\n\n"
        "2\n00:00:01,000 --> 00:00:02,000\nfirst\n\n"
        "3\n00:00:04,000 --> 00:00:03,000\nbackwards\n"
    )

    found = captions_parse(text.encode(), "a.srt")

    assert found.index("first") < found.index("later")
    assert "backwards" not in found


@pytest.mark.ffmpeg
def test_an_embedded_track_is_taken_out(tmp_path: Path) -> None:
    probe = source_probe(clip("captioned"), folder=tmp_path)
    [track] = probe.subtitles

    found = embedded_captions_extract(clip("captioned"), folder=tmp_path, stream=track)

    assert (track.language, track.text) == ("fr", True)
    assert said(found) == "Bonjour à tous"


@pytest.mark.ffmpeg
def test_an_embedded_track_counts_from_the_zero_of_the_video(tmp_path: Path) -> None:
    [track] = source_probe(clip("captioned"), folder=tmp_path).subtitles

    found = embedded_captions_extract(
        clip("captioned"), folder=tmp_path, stream=track, start_s=Fraction(1, 2)
    )

    assert "00:00:00.500 --> 00:00:02.000" in found


MANY = 400_000
CUE = "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n"
DIALOGUE = "[Script Info]\n\n[Events]\nDialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (CUE + "a" + "\n" * MANY + "b", "a\nb"),
        (CUE + "a\n" + "<b" * MANY, "a"),
        (CUE + "a <" + " " * MANY, "a"),
        (CUE + "a\n" + "{" * MANY, "a"),
        (DIALOGUE + "{}" * MANY + "a", "a"),
        (DIALOGUE + "{\\p0}" * MANY + "a", "a"),
        (DIALOGUE + "a\\N" + "{" * MANY, "a"),
    ],
)
def test_a_file_made_to_take_for_ever_is_read_through_once(text: str, words: str) -> None:
    """Each of these would be looked through anew from each of its letters: for hours."""
    shown = captions_parse(text.encode(), "hostile.vtt").partition("02.000\n")[2]

    assert shown.startswith(words)
    assert len(shown) < 5000
