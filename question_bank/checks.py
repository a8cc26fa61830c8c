"""What must hold of one question before it is stored, and what somebody should look at."""

from collections.abc import Iterator

from question_bank.kinds import KINDS
from question_bank.model import Problem, Question, Severity
from question_bank.references import misled

LONGEST_STEM = 4000
LONGEST_OPTION = 1500
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
    if not question.stem.strip():
        yield Problem("empty_stem", column="stem")
    if len(question.stem) > LONGEST_STEM:
        yield Problem("stem_too_long", column="stem", params={"found": len(question.stem), "most": LONGEST_STEM})
    seen: set[str] = set()
    for letter, option in zip("ABCDEFGHIJ", question.options, strict=False):
        if not option.text.strip():
            yield Problem("empty_option", column="options", params={"letter": letter})
        if len(option.text) > LONGEST_OPTION:
            yield Problem("option_too_long", column="options", params={"letter": letter, "most": LONGEST_OPTION})
        if option.text.strip() and option.text.strip() in seen:
            yield Problem("repeated_option", column="options", params={"letter": letter})
        seen.add(option.text.strip())


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
