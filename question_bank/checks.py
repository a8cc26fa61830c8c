"""What must hold of one question before it is stored, and what somebody should look at."""

from collections.abc import Iterator

from question_bank.kinds import KINDS
from question_bank.markup import as_text, plain
from question_bank.model import Markup, Problem, Question, Severity
from question_bank.references import misled

LONGEST_STEM = 4000
LONGEST_OPTION = 1500
LONGEST_SITUATION = 12_000
LONGEST_HTML = 60_000  # with its tags; the limits above hold for what is read
MOST_MEDIA = 20
LETTERS = "ABCDEFGHIJ"
LONGEST_CODE = 64
LONGEST_TOPIC = 255
LONGEST_TOPIC_PATH = 500


def check(question: Question) -> tuple[Problem, ...]:
    """Every problem of one question, errors and warnings, without a row."""
    return (
        *_text_problems(question),
        *_place_problems(question),
        *_kind_problems(question),
        *_law_problems(question),
    )


def _text_problems(question: Question) -> Iterator[Problem]:
    stem = plain(question.stem, question.markup)
    if not stem.strip() and not question.media:
        yield Problem("empty_stem", column="stem")
    if len(stem) > LONGEST_STEM or len(question.stem) > LONGEST_HTML:
        yield Problem("stem_too_long", column="stem", params={"found": len(stem), "most": LONGEST_STEM})
    situation = plain(question.situation, question.markup)
    if len(situation) > LONGEST_SITUATION or len(question.situation) > LONGEST_HTML:
        params: dict[str, str | int] = {"found": len(situation), "most": LONGEST_SITUATION}
        yield Problem("situation_too_long", column="situation", params=params)
    yield from _option_problems(question)
    if len(question.media) > MOST_MEDIA:
        yield Problem("too_many_media", column="media", params={"found": len(question.media), "most": MOST_MEDIA})


def _option_problems(question: Question) -> Iterator[Problem]:
    seen: set[str] = set()
    with_media = {media.place for media in question.media}
    for place, option in enumerate(question.options):
        letter = LETTERS[place : place + 1] or str(place + 1)
        text = (as_text(option.text) if question.markup is Markup.HTML else option.text).strip()
        if not text and not option.match and place not in with_media:
            yield Problem("empty_option", column="options", params={"letter": letter})
        if max(len(text), len(option.match)) > LONGEST_OPTION or len(option.text) > LONGEST_HTML:
            yield Problem("option_too_long", column="options", params={"letter": letter, "most": LONGEST_OPTION})
        if text and text in seen and place not in with_media and question.kind not in {"short", "numerical"}:
            yield Problem("repeated_option", column="options", params={"letter": letter})
        seen.add(text)


def _place_problems(question: Question) -> Iterator[Problem]:
    """The bank keeps codes and topics in columns of a fixed width."""
    if len(question.code) > LONGEST_CODE:
        yield Problem("code_too_long", column="code", params={"found": len(question.code), "most": LONGEST_CODE})
    longest = max(map(len, question.topic), default=0)
    if longest > LONGEST_TOPIC:
        yield Problem("topic_too_long", column="topic", params={"found": longest, "most": LONGEST_TOPIC})
    elif (whole := len(" > ".join(question.topic))) > LONGEST_TOPIC_PATH:
        yield Problem("topic_too_long", column="topic", params={"found": whole, "most": LONGEST_TOPIC_PATH})


def _kind_problems(question: Question) -> Iterator[Problem]:
    kind = KINDS.get(question.kind)
    if kind is None:
        yield Problem("unknown_kind", column="kind", params={"found": question.kind})
        return
    yield from kind.problems(question)
    if not kind.is_choice:
        return
    fixed = [position for position, option in enumerate(question.options) if option.fixed]
    if misled([option.text for option in question.options], fixed):
        yield Problem("option_names_letters", Severity.WARNING, column="options")


def _law_problems(question: Question) -> Iterator[Problem]:
    for basis in question.legal_basis:
        ends_before_start = (
            basis.in_force_from is not None
            and basis.in_force_to is not None
            and basis.in_force_to < basis.in_force_from
        )
        if ends_before_start:
            yield Problem("law_ends_before_start", column="in_force_to", params={"act": basis.act})
