"""Interactions answered by typing, and texts with gaps."""

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import NamedTuple

from question_bank.formats.qti_choices import asker
from question_bank.formats.qti_context import Answers, Identifiers, Item, NotHeld
from question_bank.formats.qti_declarations import number
from question_bank.formats.qti_keys import Ask, Span, heeds_case, of_one, of_spans, of_texts, spans, tidy
from question_bank.formats.qti_tree import find, leave_words, put_text, stands_in_text, take_out_of_line
from question_bank.formats.safe_xml import Element, tag
from question_bank.model import Credit, Gap, Option, TextRules, WordLimit

MOST_GAPS = 60
_WORD_COUNT = re.compile(r"\{(\d{1,6}),(\d{0,6})\}\)*\$/?$")  # the end of a pattern that counts words


def essay(_item: Item, interaction: Element) -> Answers:
    """The limits of words stand in the pattern, as TAO writes them."""
    pattern = (interaction.get("patternMask") or "").strip()
    counted = _WORD_COUNT.search(pattern) if r"\s" in pattern else None
    leave_words(interaction)
    if counted is None:
        return Answers("essay")
    return Answers("essay", words=WordLimit(int(counted[1]) or None, int(counted[2]) if counted[2] else None))


def text_entry(item: Item, interaction: Element) -> Answers:
    """A box with a line of its own asks one thing; one inside a sentence is a gap."""
    if stands_in_text(interaction):
        return gaps(item, [interaction])
    response = interaction.get("responseIdentifier", "")
    take_out_of_line(interaction)
    return typed(item, response)


def typed(item: Item, response: str) -> Answers:
    ask = asker(item, response)
    kind, options = _accepted(item, response, ask)
    rules = _text_rules(item, [(ask, options)] if kind == "short" else [])
    probes = tuple({response: (_example(option, kind),)} for option in options)
    return Answers(kind, options, text_rules=rules, probes=probes)


def _example(option: Option, kind: str) -> str:
    """Something typed that only this answer accepts."""
    if kind == "numerical":
        return Span(option.text, option.tolerance or Decimal(0)).near_edge
    return option.text.replace("\\*", "*")


def _accepted(item: Item, response: str, ask: Ask) -> tuple[str, tuple[Option, ...]]:
    declared = item.scoring.responses.get(response)
    known = () if declared is None else declared.known
    numbers = spans(item.scoring.rules, response, known)
    if declared is not None and (declared.is_number or numbers):
        return "numerical", _numbers(ask, numbers, known)
    shares = of_texts(ask, list(dict.fromkeys((*known, *item.scoring.constants(response)))))
    return "short", tuple(Option(_pattern(ask, text), True, weight=_weight(share)) for text, share in shares.items())


def _weight(share: Decimal) -> Decimal | None:
    return None if share == 1 else share


def _pattern(ask: Ask, text: str) -> str:
    """A star stands for anything: put around a text that only has to occur, kept apart from one that is typed."""
    plain = text.replace("*", "\\*")
    return f"*{plain}*" if ask((f"x{text}x",)) == ask((text,)) > 0 else plain


def _numbers(ask: Ask, numbers: Sequence[Span], known: Sequence[str]) -> tuple[Option, ...]:
    covered = {number(span.text) for span in numbers}
    exact = (Span(text, Decimal(0)) for text in known if number(text) not in {None, *covered})
    shares = of_spans(ask, [*numbers, *exact])
    return tuple(
        Option(span.text, True, weight=_weight(share), tolerance=span.tolerance) for span, share in shares.items()
    )


def _text_rules(item: Item, answers: Sequence[tuple[Ask, Sequence[Option]]]) -> TextRules:
    heeded = [heeds_case(ask, [option.text.strip("*") for option in options]) for ask, options in answers]
    if None in heeded or len(set(heeded)) > 1:
        item.warn("qti_case_mixed")
    return TextRules(case=any(each is not False for each in heeded))


class _Blank(NamedTuple):
    """A gap before it has a number: what filling it with some value is worth, all others being right."""

    ask: Ask
    read: Callable[[Ask], tuple[str, tuple[Option, ...], tuple[str, ...]]]  # kind, options, identifiers


def gaps(item: Item, interactions: Sequence[Element]) -> Answers:
    """Boxes and drop-downs inside a text."""
    blanks = [_blank(item, interaction) for interaction in interactions]
    answers = _cloze(item, blanks)
    for place, interaction in enumerate(interactions, start=1):
        put_text(interaction, f"[[{place}]]")
    return answers


def _blank(item: Item, interaction: Element) -> _Blank:
    response, best = interaction.get("responseIdentifier", ""), item.scoring.best

    def ask(values: Sequence[str]) -> Decimal:
        return item.scoring.score({**best, response: tuple(values)})

    if tag(interaction) == "textEntryInteraction":
        return _Blank(ask, lambda asked: (*_accepted(item, response, asked), ()))
    offered = {one.get("identifier", ""): item.label(one) for one in find(interaction, "inlineChoice")}
    return _Blank(ask, lambda asked: _drop_down(item, asked, offered))


def _drop_down(item: Item, ask: Ask, offered: dict[str, str]) -> tuple[str, tuple[Option, ...], tuple[str, ...]]:
    shares = of_one(ask, list(offered))
    weights = {one: weight for one, weight in shares.weights.items() if weight is None or weight > 0}
    if not shares.is_exact or len(weights) < len(shares.weights):  # a wrong word takes from the others: not held
        item.warn("qti_scores_approximated")
    options = tuple(Option(html, one in shares.correct, weight=weights.get(one)) for one, html in offered.items())
    return "single", options, tuple(offered)


def gap_match(item: Item, interaction: Element) -> Answers:
    """Words put into gaps: each gap is a drop-down of all the words."""
    response = interaction.get("responseIdentifier", "")
    places = find(interaction, "gap")
    pairs = [value.split() for value in item.scoring.best.get(response, ())]
    right = {pair[1]: pair[0] for pair in pairs if len(pair) == 2}
    offered = {one.get("identifier", ""): item.label(one) for one in find(interaction, "gapText", "gapImg")}
    blanks = []
    for place in places:
        gap = place.get("identifier", "")
        others = tuple(f"{word} {other}" for other, word in right.items() if other != gap)
        blanks.append(_word_gap(item, response, gap, others, offered))
    answers = _cloze(item, blanks)
    for number_of_gap, place in enumerate(places, start=1):
        put_text(place, f"[[{number_of_gap}]]")
    leave_words(interaction, "gapText", "gapImg")
    return answers


def _word_gap(item: Item, response: str, gap: str, others: tuple[str, ...], offered: dict[str, str]) -> _Blank:
    def ask(values: Sequence[str]) -> Decimal:
        return item.scoring.score({response: (*others, *(f"{value} {gap}" for value in values))})

    return _Blank(ask, lambda asked: _drop_down(item, asked, offered))


def _cloze(item: Item, blanks: Sequence[_Blank]) -> Answers:
    if len(blanks) > MOST_GAPS:
        raise NotHeld(f"{len(blanks)} × gap")
    most = item.scoring.score(item.scoring.best)
    opened = [blank.ask(()) for blank in blanks]
    read = [blank.read(_from(blank.ask, start)) for blank, start in zip(blanks, opened, strict=True)]
    is_partial = any(opened) or any(option.weight for _kind, options, _ in read for option in options)
    rows = zip(read, _weights([most - start for start in opened]), strict=True)
    typed_gaps = [(blank.ask, row[1]) for blank, row in zip(blanks, read, strict=True) if row[0] == "short"]
    return Answers(
        "cloze",
        gaps=tuple(Gap(kind, options, weight) for (kind, options, _), weight in rows),
        credit=Credit.PARTIAL if is_partial else Credit.ALL_OR_NOTHING,
        text_rules=_text_rules(item, typed_gaps),
        identifiers=Identifiers(gaps=tuple(identifiers for _kind, _options, identifiers in read)),
    )


def _weights(losses: Sequence[Decimal]) -> list[Decimal]:
    """What each gap left open costs, as a multiple of the least."""
    least = min((loss for loss in losses if loss > 0), default=None)
    return [Decimal(1) if least is None else max(Decimal(0), tidy(loss / least)) for loss in losses]


def _from(ask: Ask, start: Decimal) -> Ask:
    """Scores counted from what the other gaps earn."""
    return lambda values: ask(values) - start
