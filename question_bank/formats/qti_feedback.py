"""Feedback of a QTI item: whatever an answer brings up, found by giving the answer."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from question_bank.formats.qti_context import Answers, Item
from question_bank.formats.qti_declarations import in_container
from question_bank.formats.qti_processing import Given
from question_bank.formats.qti_tree import find, take_out
from question_bank.formats.safe_xml import Element, children
from question_bank.markup import as_text
from question_bank.model import Option

_ONE_ANSWER = {"single", "true_false", "short", "numerical"}


class Feedback(NamedTuple):
    outcome: str
    identifier: str
    is_hidden_by: bool  # shown unless the outcome names it
    html: str


def taken_out(item: Item) -> list[Feedback]:
    """Every feedback of the item that says something; those of its body no longer stand there."""
    inside = [take_out(one) for one in find(item.body, "feedbackBlock", "feedbackInline")]
    every = [_feedback(item, one) for one in (*inside, *children(item.root, "modalFeedback"))]
    return [one for one in dict.fromkeys(every) if as_text(one.html)]


def _feedback(item: Item, element: Element) -> Feedback:
    hidden = element.get("showHide") == "hide"
    outcome, identifier = element.get("outcomeIdentifier", ""), element.get("identifier", "")
    return Feedback(outcome, identifier, hidden, item.aside(element))


def placed(item: Item, answers: Answers, feedback: Sequence[Feedback]) -> tuple[tuple[Option, ...], str]:
    """The options with what is said to each alone, and what is said to all or to the right answer."""

    def shown(given: Given) -> dict[Feedback, None]:
        outcomes = item.scoring.outcomes_of(given)
        named = (
            one for one in feedback if (one.identifier in in_container(outcomes.get(one.outcome))) != one.is_hidden_by
        )
        return dict.fromkeys(named)

    each = [shown(probe) for probe in answers.probes] if feedback else []
    times = Counter(one for said in each for one in said)
    right, nothing = shown(item.scoring.best), shown({})
    if answers.kind in _ONE_ANSWER:
        general = [one for one in right if one in nothing and times[one] == len(each)]
        own = [[one for one in said if one not in general] for said in each]
    else:  # what all wrong options bring up is no option's own
        own = [[one for one in said if times[one] == 1 and one not in nothing] for said in each]
        general = [one for one in right if not any(one in said for said in own)]
    told = {*general, *(one for said in own for one in said)}
    for one in feedback:
        if one not in told:
            item.warn("qti_feedback_left_out", found=as_text(one.html))
    return _with_own(answers.options, own), _joined([one.html for one in general])


def _with_own(options: tuple[Option, ...], own: Sequence[Sequence[Feedback]]) -> tuple[Option, ...]:
    texts = [[one.html for one in said] for said in own] or [[] for _ in options]
    return tuple(
        replace(option, feedback=_joined([option.feedback, *said])) for option, said in zip(options, texts, strict=True)
    )


def _joined(texts: Sequence[str]) -> str:
    return "<br>".join(dict.fromkeys(text for text in texts if text))
