"""Letters old Vietnamese fonts left wrong behind: "nhà nƣớc" for "nhà nước". Repaired only when somebody asks."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from question_bank.model import Gap, Option, Question

# OI stands where the converters of TCVN3 and VNI texts should have put U with horn; no Vietnamese word has it.
_WRONG = str.maketrans({"\u01a3": "ư", "\u01a2": "Ư"})


def damaged(question: Question) -> bool:
    return any("\u01a3" in text or "\u01a2" in text for text in _texts(question))


def repaired(question: Question) -> Question:
    """The question with every such letter as it was meant."""
    return _changed(question, lambda text: text.translate(_WRONG))


def _texts(question: Question) -> Iterator[str]:
    yield from (
        question.stem,
        question.explanation,
        question.situation,
        question.title,
        *question.topic,
        *question.tags,
    )
    yield from (basis.title for basis in question.legal_basis)
    for option in (*question.options, *(option for gap in question.gaps for option in gap.options)):
        yield from (option.text, option.match, option.feedback)


def _changed(question: Question, change: Callable[[str], str]) -> Question:
    laws = tuple(replace(basis, title=change(basis.title)) for basis in question.legal_basis)
    return replace(
        question, stem=change(question.stem), explanation=change(question.explanation), legal_basis=laws,
        situation=change(question.situation), title=change(question.title), topic=tuple(map(change, question.topic)),
        tags=tuple(map(change, question.tags)), options=_options(question.options, change),
        gaps=tuple(Gap(gap.kind, _options(gap.options, change), gap.weight) for gap in question.gaps),
    )  # fmt: skip


def _options(options: tuple[Option, ...], change: Callable[[str], str]) -> tuple[Option, ...]:
    return tuple(
        replace(one, text=change(one.text), match=change(one.match), feedback=change(one.feedback)) for one in options
    )
