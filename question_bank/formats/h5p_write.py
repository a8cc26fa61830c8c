"""A content-only H5P package: one set of the questions H5P has a type for; its site adds the libraries."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from html import escape
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from question_bank.cloze import GAP
from question_bank.formats.archive import packed, safe_name
from question_bank.formats.losses import FIELDS, losses
from question_bank.markup import as_text, in_html, needs_html
from question_bank.model import Credit, Markup, Media, Problem, Question, Severity, Written

_LIBRARIES = {
    "H5P.QuestionSet": (1, 20),
    "H5P.MultiChoice": (1, 16),
    "H5P.TrueFalse": (1, 8),
    "H5P.Blanks": (1, 14),
    "H5P.Essay": (1, 5),
    "H5P.Image": (1, 1),
}
_TITLE = "Bộ câu hỏi"
Shape = dict[str, Any]


def write(questions: Sequence[Question]) -> Written:
    files: dict[str, bytes] = {}
    written = [
        _part(in_html(question), number, files)
        for number, question in enumerate(questions, start=1)
        if _can_hold(question)
    ]
    content = {"introPage": {"showIntroPage": False}, "progressType": "dots", "questions": written}
    parts = {
        "h5p.json": _about({part["library"].partition(" ")[0] for part in written}),
        "content/content.json": content,
    }
    texts = {name: json.dumps(part, ensure_ascii=False).encode() for name, part in parts.items()}
    return Written(packed(texts | files), tuple(_lost(questions)))


def _can_hold(question: Question) -> bool:
    """A cloze only with gaps to type in, and with texts in which H5P's own signs do not stand."""
    if question.kind != "cloze":
        return question.kind in _WRITERS
    accepted = [option.text for gap in question.gaps for option in gap.options]
    is_typed = all(gap.kind == "short" for gap in question.gaps)
    return is_typed and "*" not in question.stem and not any(sign in text for text in accepted for sign in "*/:")


def _part(question: Question, number: int, files: dict[str, bytes]) -> Shape:
    library, params = _WRITERS[question.kind](question)
    picture = _picture(question)
    if picture is not None:
        path = f"images/{number}/{safe_name(picture.name)}"
        files[f"content/{path}"] = picture.data
        params["media"] = {"type": _image(picture, path, number), "disableImageZooming": False}
    return {
        "library": _versioned(library),
        "params": params,
        "subContentId": str(uuid5(NAMESPACE_URL, f"{number}:{question.stem}")),
        "metadata": {"title": question.title, "contentType": library, "license": "U"},
    }


def _picture(question: Question) -> Media | None:
    """The one H5P shows above a question."""
    shown = (media for media in question.media if media.place is None and media.media_type.startswith("image/"))
    return next(shown, None)


def _image(picture: Media, path: str, number: int) -> Shape:
    file = {"path": path, "mime": picture.media_type, "copyright": {"license": "U"}}
    return {
        "library": _versioned("H5P.Image"),
        "params": {"contentName": "Image", "file": file, "alt": picture.alt, "decorative": not picture.alt},
        "subContentId": str(uuid5(NAMESPACE_URL, f"{number}:{path}")),
        "metadata": {"contentType": "Image", "license": "U"},
    }


def _versioned(library: str) -> str:
    major, minor = _LIBRARIES[library]
    return f"{library} {major}.{minor}"


def _multi_choice(question: Question) -> tuple[str, Shape]:
    is_multiple = question.kind == "multiple"
    answers = [
        {"text": option.text, "correct": option.correct, "tipsAndFeedback": {"chosenFeedback": option.feedback}}
        for option in question.options
    ]
    behaviour = {
        "type": "multi" if is_multiple else "single",
        "singlePoint": question.credit is not Credit.PARTIAL,
        "randomAnswers": not any(option.fixed for option in question.options),
    }
    return "H5P.MultiChoice", {"question": question.stem, "answers": answers, "behaviour": behaviour}


def _true_false(question: Question) -> tuple[str, Shape]:
    first, second = question.options
    right, wrong = (first, second) if first.correct else (second, first)
    return "H5P.TrueFalse", {
        "question": question.stem,
        "correct": "true" if first.correct else "false",
        "l10n": {"trueText": as_text(first.text), "falseText": as_text(second.text)},
        "behaviour": {"feedbackOnCorrect": right.feedback, "feedbackOnWrong": wrong.feedback},
    }


def _blanks(question: Question) -> tuple[str, Shape]:
    texts = ["/".join(option.text for option in gap.options) for gap in question.gaps]
    stem = GAP.sub(lambda match: f"*{escape(texts[int(match[1]) - 1], quote=False)}*", question.stem)
    behaviour = {"caseSensitive": question.text_rules.case}
    return "H5P.Blanks", {"text": "", "questions": [stem], "behaviour": behaviour}


def _essay(question: Question) -> tuple[str, Shape]:
    solution = {"introduction": "", "sample": question.explanation}
    return "H5P.Essay", {"taskDescription": question.stem, "solution": solution, "keywords": []}


_WRITERS: dict[str, Callable[[Question], tuple[str, Shape]]] = {
    "single": _multi_choice,
    "multiple": _multi_choice,
    "true_false": _true_false,
    "cloze": _blanks,
    "essay": _essay,
}


def _about(used: set[str]) -> Shape:
    libraries = sorted(used | {"H5P.QuestionSet", "H5P.Image"})
    return {
        "title": _TITLE,
        "language": "und",
        "mainLibrary": "H5P.QuestionSet",
        "embedTypes": ["div"],
        "license": "U",
        "preloadedDependencies": [
            {"machineName": name, "majorVersion": major, "minorVersion": minor}
            for name in libraries
            for major, minor in [_LIBRARIES[name]]
        ],
    }


def _lost(questions: Sequence[Question]) -> Iterator[Problem]:
    for number, question in enumerate(questions, start=1):
        if question.kind in _WRITERS and not _can_hold(question):
            yield Problem("kind_not_in_format", Severity.ERROR, number, "kind", {"kind": question.kind})
            continue
        rest = [_without_kept(question)]
        lost = losses(rest, kinds=_WRITERS, media=False, markup=False, weights=False, feedback=False, fields=FIELDS)
        yield from (replace(problem, row=number) for problem in lost)
        if len({gap.weight for gap in question.gaps}) > 1:
            yield Problem("not_in_format", Severity.WARNING, number, "weights")


def _without_kept(question: Question) -> Question:
    """What is left of it once all its content type keeps is taken away."""
    rest = replace(question, title="", media=tuple(one for one in question.media if one is not _picture(question)))
    if question.kind != "true_false" or not any(needs_html(option.text) for option in question.options):
        rest = replace(rest, markup=Markup.TEXT)
    if question.kind == "essay":
        return replace(rest, explanation="")
    if question.kind == "cloze":
        lost = Credit.ALL_OR_NOTHING if question.credit is Credit.PARTIAL else Credit.PARTIAL
        return replace(rest, credit=lost, text_rules=replace(question.text_rules, case=False))
    options = tuple(replace(option, feedback="") for option in question.options)
    credit = Credit.ALL_OR_NOTHING if question.kind == "multiple" else question.credit
    return replace(rest, options=options, credit=credit)
