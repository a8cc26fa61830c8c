"""The page on which a question is written, wherever it is kept: in the bank or in a draft of an import."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import render_template, request

from contest_app.bank import queries
from contest_app.bank.forms import QuestionForm
from contest_app.bank.media import uploaded
from contest_app.bank.models import QuestionBank
from contest_app.bank.presenters import SourcedMedia
from contest_app.extensions import db
from contest_app.web.messages.texts import problem_text, refusal_text
from contest_app.web.refusal import Refusal
from question_bank.formats.json_file import as_json
from question_bank.model import Media, Problem, Question
from question_bank.text import clean

ACCEPTED_MEDIA = "image/png,image/jpeg,image/webp,image/gif,audio/*,video/mp4,video/webm"


@dataclass(frozen=True, slots=True)
class FormPage:
    """What differs from one place to another."""

    title: str
    back_url: str
    back_label: str
    notice: str = ""
    asks_code: bool = True
    before: Question | None = None  # what is being edited
    media: Sequence[SourcedMedia] = ()
    problems: Sequence[Problem] = ()  # what is known to be wrong with it


def edit_page(form: QuestionForm, bank: QuestionBank, page: FormPage, refusal: Refusal | None = None) -> Any:
    if refusal is not None:
        problems = refusal.params.get("problems", [])
        form.form_errors.extend([problem_text(problem) for problem in problems] or [refusal_text(refusal)])
    more_law = as_json(page.before)["legal_basis"][1:] if page.before else []
    html = render_template(
        "bank/edit.html", form=form, page=page, topics=queries.topics(db.session(), bank.id), more_law=more_law,
        accepted_media=ACCEPTED_MEDIA,
    )  # fmt: skip
    return html, 422 if form.is_submitted() else 200


def sent_media(form: QuestionForm, before: Question | None = None) -> dict[int | None, list[Media]]:
    """What goes with the stem (None) and each row: kept ones that were not taken away, then what was uploaded.

    :raises Refusal: bad_file.
    """
    sent: dict[int | None, list[Media]] = defaultdict(list)
    taken_away = set(request.form.getlist("drop_media", type=int))
    for number, media in enumerate(before.media if before else ()):
        if number not in taken_away:
            sent[media.place].append(replace(media, alt=clean(request.form.get(f"alt-{number}", media.alt))[:300]))
    for file in request.files.getlist("media"):
        if file.filename:
            sent[None].append(uploaded(file, None, clean(request.form.get("media_alt", ""))[:300]))
    for row in range(len(form.options)):
        file = request.files.get(f"media-{row}-")
        if file and file.filename:
            sent[row].append(uploaded(file, row))
    return sent
