"""Where the blanks of a cloze stand: ``[[1]]`` in the stem is the place of the first gap."""

import re

GAP = re.compile(r"\[\[(\d{1,3})\]\]")


def gap_numbers(stem: str) -> list[int]:
    """The gaps in the order they are met, numbered from 1."""
    return [int(number) for number in GAP.findall(stem)]


def pieces(stem: str) -> list[str | int]:
    """The stem cut at its gaps: texts and gap numbers in turn, a text first and last."""
    parts = GAP.split(stem)
    return [int(part) if place % 2 else part for place, part in enumerate(parts)]
