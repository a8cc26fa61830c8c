"""A QTI item (2.0 to 3.0) as a question."""

from collections.abc import Callable
from copy import deepcopy
from decimal import Decimal
from typing import NamedTuple

from lxml import etree

from question_bank.formats import qti_choices, qti_feedback, qti_pairs, qti_texts
from question_bank.formats.html_media import Resolve
from question_bank.formats.qti_context import Answers, Identifiers, Item, NotHeld
from question_bank.formats.qti_keys import whole
from question_bank.formats.qti_processing import scoring_of
from question_bank.formats.qti_tree import find, show_objects_as_pictures, take_out, unwrap
from question_bank.formats.safe_xml import Element, child, tag
from question_bank.markup import as_html, simplest
from question_bank.model import Markup, Media, Problem, Question, Severity
from question_bank.text import clean

_INTERACTIONS: dict[str, Callable[[Item, Element], Answers]] = {
    "choiceInteraction": qti_choices.choice,
    "hottextInteraction": qti_choices.choice,
    "orderInteraction": qti_choices.order,
    "graphicOrderInteraction": qti_choices.order,
    "matchInteraction": qti_pairs.match,
    "associateInteraction": qti_pairs.associate,
    "gapMatchInteraction": qti_texts.gap_match,
    "extendedTextInteraction": qti_texts.essay,
    "textEntryInteraction": qti_texts.text_entry,
    "inlineChoiceInteraction": lambda item, one: qti_texts.gaps(item, [one]),
}
MOST_ELEMENTS = 5000
_INLINE = {"textEntryInteraction", "inlineChoiceInteraction"}
_TEMPLATES = ("templateDeclaration", "templateProcessing", "printedVariable")


class ItemRead(NamedTuple):
    """``identifiers``: what the item itself calls our positions, for those who compare with other systems."""

    question: Question | None
    identifiers: Identifiers = Identifiers()
    problems: tuple[Problem, ...] = ()


def read_item(tree: Element, resolve: Resolve, row: int, *, situation: str = "") -> ItemRead:
    """The question of an item whose tree is normalised; None when it asks for what no kind holds."""
    root = deepcopy(tree)
    body = child(root, "itemBody")
    item = Item(root, etree.Element("itemBody") if body is None else body, scoring_of(root), resolve, row)
    try:
        _refuse_unheld(item)
        feedback_of_body = _prepared(item)
        answers = _answers(item)
    except NotHeld as unknown:
        params: dict[str, str | int] = {"found": str(unknown), "title": item.title[:100]}
        problem = Problem("unsupported_type", Severity.ERROR, row, "kind", params)
        return ItemRead(None, problems=(*item.problems, problem))
    if answers is None:
        item.warn("qti_nothing_to_answer")
        return ItemRead(None, problems=tuple(item.problems))
    _warn_of_doubt(item, answers)
    question = _question(item, answers, feedback_of_body, situation)
    return ItemRead(question, answers.identifiers, tuple(item.problems))


def _refuse_unheld(item: Item) -> None:
    """What changes from one contestant to the next, or while it is answered, is not one question."""
    if (count := sum(1 for _ in item.root.iter())) > MOST_ELEMENTS:
        raise NotHeld(f"{count} × element")
    if item.root.get("adaptive") == "true":
        raise NotHeld("adaptive")
    if any(find(item.root, name) for name in _TEMPLATES):
        raise NotHeld("template")


class _Beside(NamedTuple):
    """What stands in the body and is no part of the stem."""

    feedback: list[qti_feedback.Feedback]
    notes: str  # for those who mark
    passage: str


def _prepared(item: Item) -> _Beside:
    show_objects_as_pictures(item.body)
    notes = [
        take_out(one) for one in find(item.body, "rubricBlock") if "candidate" not in (one.get("view") or "candidate")
    ]
    passages = [take_out(one) for one in _divisions(item, "stimulus")]
    for one in _divisions(item, "stem"):
        unwrap(one)
    choices = ("simpleChoice", "simpleAssociableChoice", "hottext")
    inside = [one for choice in find(item.body, *choices) for one in find(choice, "feedbackInline")]
    for one in inside:  # stays with its choice until that is read
        one.tag = "ownFeedback"
    feedback = qti_feedback.taken_out(item)
    for one in inside:
        one.tag = "feedbackInline"
    return _Beside(feedback, _joined(item.aside, notes), _joined(item.html, passages))


def _divisions(item: Item, name: str) -> list[Element]:
    """Those our own writer gives a name: what QTI 2.1 has no element for."""
    return [one for one in find(item.body, "div") if name in (one.get("class") or "").split()]


def _joined(show: Callable[[Element], str], elements: list[Element]) -> str:
    return "<br>".join(filter(None, map(show, elements)))


def _answers(item: Item) -> Answers | None:
    found = [one for one in item.body.iter() if tag(one).endswith("Interaction")]
    names = {tag(one) for one in found}
    if not found:
        return _without_interaction(item)
    if unknown := sorted(names - set(_INTERACTIONS)):
        raise NotHeld(unknown[0])
    if len(found) == 1:
        return _INTERACTIONS[tag(found[0])](item, found[0])
    if names <= _INLINE:
        return qti_texts.gaps(item, found)
    raise NotHeld(f"{len(found)} × {tag(found[0])}")


def _without_interaction(item: Item) -> Answers | None:
    """A page to read; or an item whose interaction stands elsewhere, known by its key alone."""
    response, declared = next(iter(item.scoring.responses.items()), (None, None))
    if response is None or declared is None or not item.scoring.best[response]:
        return None
    item.warn("qti_no_interaction")
    if declared.base_type == "identifier":
        return qti_choices.unseen_choice(item, response)
    return qti_texts.typed(item, response)


def _warn_of_doubt(item: Item, answers: Answers) -> None:
    doubt = item.scoring.doubt
    if doubt is None or answers.kind == "essay":
        return
    if doubt.is_absent:
        item.warn("qti_not_scored")
    else:
        item.warn("qti_scoring_not_understood", found=doubt.found)


def _question(item: Item, answers: Answers, beside: _Beside, situation: str) -> Question:
    options, explanation = qti_feedback.placed(item, answers, beside.feedback)
    code, title = clean(item.root.get("label") or ""), clean(item.root.get("title") or "")
    return simplest(
        Question(
            answers.kind,
            item.html(item.body),
            options,
            explanation="<br>".join(filter(None, (explanation, beside.notes, *_model_answers(item, answers)))),
            code=code,
            title="" if title in {code, item.root.get("identifier")} else title,
            markup=Markup.HTML,
            media=tuple(sorted(dict.fromkeys(item.media), key=_with_stem_first)),
            situation="<br>".join(filter(None, (situation, beside.passage))),
            credit=answers.credit,
            shows_count=answers.shows_count,
            text_rules=answers.text_rules,
            words=answers.words,
            gaps=answers.gaps,
            points=_points(item),
        )
    )


def _model_answers(item: Item, answers: Answers) -> list[str]:
    """What an essay declares as its key helps those who mark it."""
    declared = item.scoring.responses.values() if answers.kind == "essay" else ()
    return [as_html(text) for one in declared for text in one.correct]


def _with_stem_first(media: Media) -> int:
    return -1 if media.place is None else media.place


def _points(item: Item) -> Decimal | None:
    """What the right answer earns; where the item cannot say so itself, what it declares as the most."""
    most, declared = item.scoring.score(item.scoring.best), _declared_most(item)
    is_rounded = declared is not None and abs(declared - most) < Decimal("0.001")
    if declared is not None and (is_rounded or item.scoring.doubt is not None or not most):
        most = declared
    points = whole(most)
    return None if points in (0, 1) or points < 0 else points


def _declared_most(item: Item) -> Decimal | None:
    outcomes = item.scoring.outcomes
    maximum, score = outcomes.get("MAXSCORE"), outcomes.get(item.scoring.score_name)
    stated = None if maximum is None else maximum.start
    if isinstance(stated, Decimal) and stated > 0:
        return stated
    return None if score is None or score.most is None or score.most <= 0 else score.most
