"""The small signs of GIFT: escapes, text formats, weights, and the comment that holds number and tags."""

import re
from typing import NamedTuple

from question_bank.formats.html_media import media_in
from question_bank.formats.moodle_text import TextFormat, Texts
from question_bank.text import clean

_ESCAPE = re.compile(r"\\([\\~=#{}:n])")
# Unicode keeps these 32 characters out of all texts, so nothing in a file can be taken for a hidden sign.
_NEVER_TEXT = dict.fromkeys(range(0xFDD0, 0xFDF0))
_HIDDEN = {sign: chr(0xFDD0 + place) for place, sign in enumerate("\\~=#{}:n")}
_SHOWN = {ord(hidden): "\n" if sign == "n" else sign for sign, hidden in _HIDDEN.items()}
_FORMAT = re.compile(r"\s*\[(html|moodle|plain|markdown)\]")
_ID = re.compile(r"\[id:((?:\\\]|[^\]]){1,255})\]")
_TAG = re.compile(r"\[tag:((?:\\\]|[^\]]){1,255})\]")


class Said(NamedTuple):
    """What the comments before a question say of it."""

    code: str
    tags: tuple[str, ...]


def hidden(text: str) -> str:
    """Escaped signs put out of sight, so that those left are marks of GIFT."""
    return _ESCAPE.sub(lambda match: _HIDDEN[match[1]], text.translate(_NEVER_TEXT))


def shown(text: str) -> str:
    return text.translate(_SHOWN)


def escaped(text: str) -> str:
    return re.sub(r"[\\~=#{}:]", r"\\\g<0>", text).replace("\n", "\\n")


def typed(raw: str) -> str:
    """An answer that is compared as it stands."""
    return clean(shown(_FORMAT.sub("", raw, count=1)))


def said_in(comments: str) -> Said:
    code = _ID.search(comments)
    tags = (clean(tag.replace("\\]", "]")) for tag in _TAG.findall(comments))
    return Said(clean(code[1].replace("\\]", "]")) if code else "", tuple(tag for tag in tags if tag))


def comment_of(code: str, tags: tuple[str, ...]) -> str:
    parts = ([("id", code)] if code else []) + [("tag", tag) for tag in tags]
    return " ".join(f"[{name}:{_in_brackets(text)}]" for name, text in parts)


def _in_brackets(text: str) -> str:
    """On one line, and never with a stroke at the end that would escape the bracket."""
    text = " ".join(text.split()).replace("]", "\\]")
    return f"{text} " if text.endswith("\\") else text


class GiftTexts:
    """The texts of one question: what names no format is written as the stem is."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self._usual = TextFormat.MOODLE

    def stem(self, raw: str) -> str:
        if match := _FORMAT.match(raw):
            self._usual = TextFormat(match[1])
        return self.of(raw)

    def of(self, raw: str) -> str:
        how = TextFormat(match[1]) if (match := _FORMAT.match(raw)) else self._usual
        text = shown(_FORMAT.sub("", raw, count=1)).strip()
        if how in (TextFormat.HTML, TextFormat.MOODLE):
            self._texts.problems += media_in(text, lambda _name: None)[1]
        return self._texts.written(text, how)

    def plain(self, raw: str) -> str:
        """What Moodle shows as it stands: the second half of a pair."""
        return self._texts.written(shown(raw).strip(), TextFormat.PLAIN)
