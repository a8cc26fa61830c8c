"""Texts of questions on a page: plain ones escaped, formatted ones cleaned once more before they are shown."""

from collections.abc import Sequence

from markupsafe import Markup as Safe
from markupsafe import escape

from question_bank.cloze import GAP
from question_bank.markup import cleaned, plain
from question_bank.model import Markup


def rich(text: str, markup: str = Markup.TEXT) -> Safe:
    """The text as HTML of a page, in an element that keeps its lines or its formatting."""
    if markup == Markup.HTML:
        return Safe('<div class="rich">{}</div>').format(Safe(cleaned(text)))  # noqa: S704 - cleaned by nh3
    return Safe('<span class="prewrap">{}</span>').format(text)


def said(text: str, markup: str = Markup.TEXT) -> str:
    """The text without formatting, for places that hold none (drop-downs, titles); a blank is a numbered line."""
    return GAP.sub("(\\1)\u00a0____", plain(text, Markup(markup)))


def gap_marks(gaps: Sequence[object]) -> list[Safe]:
    """A numbered blank for each gap, for showing a cloze together with its answers."""
    return [Safe('<span class="gap">({})&nbsp;____</span>').format(n) for n in range(1, len(gaps) + 1)]


def fill_gaps(shown: Safe, boxes: Sequence[str]) -> Safe:
    """The stem as shown, each ``[[n]]`` in it replaced by the n-th box."""

    def box(number: int) -> str:
        return str(escape(boxes[number - 1])) if 0 < number <= len(boxes) else ""

    return Safe(GAP.sub(lambda match: box(int(match[1])), str(shown)))  # noqa: S704 - safe text, safe boxes
