"""What beside the words makes two questions different: what is shown with them, and what is right."""

from collections.abc import Iterable
from hashlib import sha256

from question_bank.model import Problem, Question
from question_bank.text import wording_key

LOST_MEDIA = frozenset({"media_missing", "media_ignored"})
Shown = tuple[tuple[str, str], ...]


def shown_with(question: Question) -> Shown:
    """Equal for questions that show the same pictures and clips at the same places."""
    return tuple(sorted((sha256(one.data).hexdigest(), str(one.place)) for one in question.media))


def rows_without_media(problems: Iterable[Problem]) -> set[int]:
    """Rows whose pictures are not known: nobody can say that such a question is the same as another."""
    return {one.row for one in problems if one.code in LOST_MEDIA and one.row is not None}


def key_of(question: Question) -> tuple[tuple[str, bool, str], ...]:
    """Equal for questions of the same words with the same answers right."""
    options = [*question.options, *(option for gap in question.gaps for option in gap.options)]
    key = [(wording_key(one.text), one.correct, wording_key(one.match)) for one in options]
    return tuple(key if question.kind == "ordering" else sorted(key))
