"""Questions written as GIFT; every text says its format, so that no sign in it is taken for formatting."""

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from question_bank.answers import number_in
from question_bank.formats.gift_text import comment_of, escaped
from question_bank.formats.losses import losses
from question_bank.formats.moodle_answers import (
    nearest_legal,
    number_text,
    pairs_of,
    percent_of,
    says_true,
    shares,
    typed_share,
)
from question_bank.formats.moodle_losses import moodle_losses
from question_bank.formats.moodle_text import category_path, with_situation
from question_bank.markup import in_html, plain
from question_bank.model import Credit, Markup, Option, Problem, Question, Written

KINDS = ("single", "multiple", "true_false", "statements", "short", "numerical", "matching", "ordering", "essay")
_LOST = ("level", "legal_basis", "situation", "shows_count", "text_rules", "words", "points")
_FORMATS = {Markup.TEXT: "[plain]", Markup.HTML: "[html]"}
_LOOKS_MEANT = re.compile(r"\[(?:html|moodle|plain|markdown)\]|%|//")


def write(questions: Sequence[Question]) -> Written:
    problems = (
        *losses(questions, kinds=KINDS, media=False, fields=_LOST),
        *moodle_losses(questions, kinds=KINDS),
        *_unwritable(questions),
    )
    blocks: list[str] = []
    topic: tuple[str, ...] = ()
    for question in questions:
        if question.kind not in KINDS or _typed_arrow(question):
            continue
        if question.topic != topic:
            topic = question.topic
            blocks.append(f"$CATEGORY: {category_path(topic)}")
        blocks.append(_block(question))
    return Written(("\n\n".join(blocks) + "\n").encode(), problems)


def _block(question: Question) -> str:
    question = _with_readable_arrows(with_situation(question))
    comment = comment_of(question.code, question.tags)
    title = f"::{escaped(question.title)}::" if question.title else ""
    feedback = f"####{_text(question.explanation, question.markup)}" if question.explanation else ""
    lines = list(_lines(question))
    inner = "\n".join(["", *(f"\t{line}" for line in lines[1:]), feedback]) if len(lines) > 1 else feedback
    first = lines[0] if lines else ""
    block = f"{title}{_FORMATS[question.markup]}{escaped(question.stem)}{{{first}{inner}}}"
    return f"// {comment}\n{block}" if comment else block


def _typed_arrow(question: Question) -> str:
    """An accepted answer holding an arrow, by which GIFT knows a matching question."""
    if question.kind != "short":
        return ""
    return next((option.text for option in question.options if "->" in option.text), "")


def _unwritable(questions: Sequence[Question]) -> Iterator[Problem]:
    for number, question in enumerate(questions, start=1):
        if found := _typed_arrow(question):
            yield Problem("text_not_in_format", row=number, column="key", params={"found": found[:60]})


def _with_readable_arrows(question: Question) -> Question:
    """In HTML an arrow that parts no pair can be written otherwise."""
    has_arrow = any("->" in option.text + option.feedback for option in question.options)
    return in_html(question) if question.kind in ("matching", "statements", "short") and has_arrow else question


def _text(text: str, markup: Markup = Markup.TEXT) -> str:
    """A text inside the braces; one that begins like a sign of GIFT gets its format in front."""
    return (_FORMATS[markup] if _LOOKS_MEANT.match(text) else "") + escaped(text)


def _lines(question: Question) -> Iterator[str]:
    """What stands between the braces: a first line, then one for each answer."""
    if question.kind == "true_false" and says_true(question) is not None:
        return _true_false(question)
    return _WRITERS[question.kind](question)


def _feedback(question: Question, option: Option) -> str:
    return f"#{_text(option.feedback, question.markup)}" if option.feedback else ""


def _weight(share: Decimal) -> str:
    return f"%{percent_of(nearest_legal(share))}%"


def _choice(question: Question) -> Iterator[str]:
    yield ""
    for option, share in zip(question.options, shares(question), strict=True):
        is_the_answer = share == 1 and question.kind != "multiple"
        mark = "=" if is_the_answer else "~" + (_weight(share) if share else "")
        yield mark + _text(option.text, question.markup) + _feedback(question, option)


def _true_false(question: Question) -> Iterator[str]:
    right = question.key[0]
    is_true = right == says_true(question)
    wrong_feedback, right_feedback = (_feedback(question, question.options[place]) for place in (1 - right, right))
    told = (wrong_feedback or "#") + right_feedback if right_feedback else wrong_feedback
    yield ("TRUE" if is_true else "FALSE") + told


def _short(question: Question) -> Iterator[str]:
    yield ""
    for option in question.options:
        yield "=" + _weight(typed_share(option)) + _text(option.text) + _feedback(question, option)


def _numerical(question: Question) -> Iterator[str]:
    yield "#"
    for option in question.options:
        value = number_in(option.text)
        number = option.text if value is None else number_text(value)
        tolerance = "" if option.tolerance is None else f":{number_text(option.tolerance)}"
        yield "=" + _weight(typed_share(option)) + number + tolerance + _feedback(question, option)


def _matching(question: Question) -> Iterator[str]:
    yield ""
    for pair in pairs_of(question):
        yield f"={_text(pair.text, question.markup)} -> {escaped(plain(pair.match, question.markup))}"


def _ordering(question: Question) -> Iterator[str]:
    """Moodle takes the steps as they stand: only what would end them is escaped."""
    marking = "ALL_OR_NOTHING" if question.credit is Credit.ALL_OR_NOTHING else "ABSOLUTE_POSITION"
    yield f">{len(question.options)} ALL VERTICAL {marking} SHOW none"
    for option in question.options:
        sign = _FORMATS[question.markup] if _LOOKS_MEANT.match(option.text) else ""
        yield sign + re.sub(r"\\(?=[\\~=#{}:n\n])|[{}]|#(?=#)", r"\\\g<0>", option.text).replace("\n", "\\n")


def _essay(_question: Question) -> Iterator[str]:
    yield ""


_WRITERS: dict[str, Callable[[Question], Iterator[str]]] = {
    "single": _choice,
    "multiple": _choice,
    "true_false": _choice,
    "short": _short,
    "numerical": _numerical,
    "matching": _matching,
    "statements": _matching,
    "ordering": _ordering,
    "essay": _essay,
}
