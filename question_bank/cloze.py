"""Where the blanks of a cloze stand, and how people write them.

Stored: ``[[1]]`` in the stem is the place of the first gap. Written inline, the answer stands in the number's place:
``[[công an | CA]]`` to be typed, ``[[= 14 ± 0,5]]`` a number, ``[[tòa án / *công an]]`` a choice with its key.
"""

import re
from collections import defaultdict
from collections.abc import Sequence

from question_bank.answers import number_in
from question_bank.model import Gap, Option

GAP = re.compile(r"\[\[(\d{1,3})\]\]")
_INLINE = re.compile(r"\[\[(.{0,2000}?)\]\]")
_TOLERANCE = re.compile(r"\s*(?:±|\+/-|\+-)\s*")


def gap_numbers(stem: str) -> list[int]:
    """The gaps in the order they are met, numbered from 1."""
    return [int(number) for number in GAP.findall(stem)]


def pieces(stem: str) -> list[str | int]:
    """The stem cut at its gaps: texts and gap numbers in turn, a text first and last."""
    parts = GAP.split(stem)
    return [int(part) if place % 2 else part for place, part in enumerate(parts)]


def from_inline(text: str, known: Sequence[Gap] = ()) -> tuple[str, tuple[Gap, ...]]:
    """The stem and the gaps of a text with its answers written inside.

    Weights, feedback and wrong answers of a gap are not written: one still written as a ``known`` gap is that gap.
    """
    gaps: list[Gap] = []
    by_text = defaultdict(list)
    for gap in known:
        by_text[_written(gap)].append(gap)

    def numbered(match: re.Match[str]) -> str:
        same = by_text[match[1].strip()]
        gaps.append(same.pop(0) if same else _gap(match[1].strip()))
        return f"[[{len(gaps)}]]"

    return _INLINE.sub(numbered, text), tuple(gaps)


def inline(stem: str, gaps: tuple[Gap, ...]) -> str:
    """The stem with what each gap accepts written in its place: what ``from_inline`` reads."""
    return GAP.sub(lambda m: f"[[{_written(gaps[int(m[1]) - 1])}]]" if 0 < int(m[1]) <= len(gaps) else m[0], stem)


def _gap(written: str) -> Gap:
    if written.startswith("="):
        value, _, off = _TOLERANCE.sub("±", written[1:]).partition("±")
        return Gap("numerical", (Option(value.strip(), True, tolerance=number_in(off)),))
    choices = [choice.strip() for choice in re.split(r"\s/\s", written)]
    if len(choices) > 1 and any(choice.startswith("*") for choice in choices):
        return Gap("single", tuple(Option(choice.removeprefix("*").strip(), choice[:1] == "*") for choice in choices))
    return Gap("short", tuple(Option(answer.strip(), True) for answer in written.split("|") if answer.strip()))


def _written(gap: Gap) -> str:
    if gap.kind == "single":
        return " / ".join(("*" if option.correct else "") + option.text for option in gap.options).strip()
    accepted = [option for option in gap.options if option.correct]
    if gap.kind == "short":
        return " | ".join(option.text for option in accepted).strip()
    number = accepted[0] if accepted else Option("")
    return f"= {number.text}".strip() + ("" if number.tolerance is None else f" ± {number.tolerance}")
