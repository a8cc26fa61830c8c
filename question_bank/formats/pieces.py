"""A line cut where something else begins inside it, and freed of the tags of other programs."""

import itertools
from collections.abc import Iterator
from dataclasses import replace

from question_bank.formats import patterns
from question_bank.formats.line import PICTURE, Line


def holds_tags(line: Line) -> bool:
    return patterns.TAG.search(line.text) is not None


def pieces_of(line: Line) -> Iterator[Line]:
    """The line without mark-up tags, cut before "Đáp án:" and "Giải thích:" written inside it."""
    if line.table:
        yield line
    elif holds_tags(line):
        yield from _without_tags(line)
    else:
        cuts = [0, *(match.start() for match in patterns.LABEL_INSIDE.finditer(line.text)), len(line.text)]
        for begin, end in itertools.pairwise(cuts):
            yield replace(line.cut(begin, end), lost=line.lost if begin == 0 else ())


def _without_tags(line: Line) -> Iterator[Line]:
    text = patterns.TAG.sub("", patterns.TAGGED_VALUE.sub("", line.text))
    text += PICTURE * (len(line.pictures) - text.count(PICTURE))  # one inside a tag stays with the question
    if text.strip() or line.lost:
        yield Line(text, pictures=line.pictures, lost=line.lost)
    if patterns.END_TAG in line.text:
        yield Line(patterns.END_TAG)
