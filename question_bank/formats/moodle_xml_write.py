"""Questions written as Moodle XML, media inside."""

import base64
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from html import escape
from urllib.parse import quote

from lxml import etree

from question_bank.answers import number_in
from question_bank.formats.embedded_answers import embedded
from question_bank.formats.losses import losses
from question_bank.formats.moodle_answers import (
    ONE,
    nearest_legal,
    number_text,
    pairs_of,
    percent_of,
    says_true,
    shares,
    typed_share,
)
from question_bank.formats.moodle_losses import moodle_losses
from question_bank.formats.moodle_text import category_path, default_title, with_situation
from question_bank.formats.safe_xml import Element
from question_bank.markup import in_html, plain
from question_bank.model import Credit, Markup, Media, Problem, Question, Severity, TextRules, Written

KINDS = (
    "single", "multiple", "true_false", "statements", "short", "numerical", "matching", "ordering", "cloze", "essay",
)  # fmt: skip
_LOST = ("level", "legal_basis", "situation", "shows_count")
_FORMATS = {Markup.TEXT: "plain_text", Markup.HTML: "html"}
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MEDIA_TAGS = {"image": "img", "audio": "audio", "video": "video"}


def write(questions: Sequence[Question]) -> Written:
    problems = (
        *losses(questions, kinds=KINDS, fields=_LOST),
        *moodle_losses(questions, kinds=KINDS, keeps_order=True),
        *_more_losses(questions),
    )
    quiz = etree.Element("quiz")
    topic: tuple[str, ...] = ()
    for question in (question for question in questions if question.kind in KINDS):
        if question.topic != topic:
            topic = question.topic
            category = etree.SubElement(quiz, "question", type="category")
            _text(etree.SubElement(category, "category"), category_path(topic))
        quiz.append(_Parts(_as_moodle_shows_it(question)).element())
    etree.indent(quiz)
    return Written(etree.tostring(quiz, encoding="UTF-8", xml_declaration=True) + b"\n", problems)


def _more_losses(questions: Sequence[Question]) -> Iterator[Problem]:
    for number, question in enumerate(questions, start=1):
        if replace(question.text_rules, case=False) != TextRules():
            yield Problem("not_in_format", Severity.WARNING, number, "text_rules")
        has_texts = question.kind in _WITH_TEXTS and _type(question) != "truefalse"
        if not has_texts and any(media.place is not None for media in question.media):
            yield Problem("not_in_format", Severity.WARNING, number, "media")


def _as_moodle_shows_it(question: Question) -> Question:
    """Media stand in HTML only, and so do the fields of a cloze."""
    question = with_situation(question)
    return in_html(question) if question.media or question.kind == "cloze" else question


def _type(question: Question) -> str:
    if question.kind == "true_false" and says_true(question) is not None:
        return "truefalse"
    return _TYPES[question.kind]


def _text(holder: Element, text: str) -> None:
    etree.SubElement(holder, "text").text = _NOT_XML.sub("", text)


class _Parts:
    """One ``<question>`` being put together."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self._root = etree.Element("question", type=_type(question))

    def element(self) -> Element:
        question = self.question
        title = question.title or default_title(question)
        _text(etree.SubElement(self._root, "name"), title)
        self.written("questiontext", embedded(question) if question.kind == "cloze" else question.stem, None)
        self.remark(self._root, "generalfeedback", question.explanation)
        self.setting("defaultgrade", number_text(ONE if question.points is None else question.points))
        self.setting("idnumber", question.code)
        _WRITERS[_type(question)](self)
        if question.tags:
            tags = etree.SubElement(self._root, "tags")
            for tag in question.tags:
                _text(etree.SubElement(tags, "tag"), tag)
        return self._root

    def setting(self, name: str, value: str) -> None:
        etree.SubElement(self._root, name).text = _NOT_XML.sub("", value)

    def written(self, name: str, text: str, place: int | None, **attributes: str) -> Element:
        """A text with the media that stand there."""
        holder = etree.SubElement(self._root, name, {"format": _FORMATS[self.question.markup], **attributes})
        files = self._files_at(place)
        _text(holder, text + "".join(_tag(name, media) for name, media in files.items()))
        for file, media in files.items():
            inside = etree.SubElement(holder, "file", name=_NOT_XML.sub("", file), path="/", encoding="base64")
            inside.text = base64.b64encode(media.data).decode("ascii")
        return holder

    def _files_at(self, place: int | None) -> dict[str, Media]:
        """By a name of its own for each."""
        files: dict[str, Media] = {}
        for media in self.question.media:
            if media.place == place:
                files[f"{len(files) + 1}-{media.name}" if media.name in files else media.name] = media
        return files

    def remark(self, holder: Element, name: str, text: str) -> None:
        _text(etree.SubElement(holder, name, format=_FORMATS[self.question.markup]), text)

    def typed(self, text: str, fraction: str, feedback: str) -> Element:
        answer = etree.SubElement(self._root, "answer", fraction=fraction, format="moodle_auto_format")
        _text(answer, text)
        self.remark(answer, "feedback", feedback)
        return answer


def _tag(name: str, media: Media) -> str:
    tag = _MEDIA_TAGS[media.media_type.partition("/")[0]]
    closing = "" if tag == "img" else f"</{tag}>"
    return f'<{tag} src="@@PLUGINFILE@@/{quote(name)}" alt="{escape(media.alt)}">{closing}'


def _choice(parts: _Parts) -> None:
    question = parts.question
    parts.setting("single", "false" if question.kind == "multiple" else "true")
    parts.setting("shuffleanswers", "false" if all(option.fixed for option in question.options) else "true")
    parts.setting("answernumbering", "ABCD")
    for place, (option, share) in enumerate(zip(question.options, shares(question), strict=True)):
        answer = parts.written("answer", option.text, place, fraction=percent_of(nearest_legal(share)))
        parts.remark(answer, "feedback", option.feedback)


def _true_false(parts: _Parts) -> None:
    true = says_true(parts.question)
    for place, option in enumerate(parts.question.options):
        parts.typed("true" if place == true else "false", "100" if option.correct else "0", option.feedback)


def _short(parts: _Parts) -> None:
    parts.setting("usecase", "1" if parts.question.text_rules.case else "0")
    for option in parts.question.options:
        parts.typed(option.text, percent_of(nearest_legal(typed_share(option))), option.feedback)


def _numerical(parts: _Parts) -> None:
    for option in parts.question.options:
        value = number_in(option.text)
        text = option.text if value is None else number_text(value)
        answer = parts.typed(text, percent_of(nearest_legal(typed_share(option))), option.feedback)
        if option.tolerance is not None:
            etree.SubElement(answer, "tolerance").text = number_text(option.tolerance)


def _matching(parts: _Parts) -> None:
    parts.setting("shuffleanswers", "true")
    for place, pair in enumerate(pairs_of(parts.question)):
        subquestion = parts.written("subquestion", pair.text, place)
        _text(etree.SubElement(subquestion, "answer"), plain(pair.match, parts.question.markup))


def _ordering(parts: _Parts) -> None:
    is_whole = parts.question.credit is Credit.ALL_OR_NOTHING
    parts.setting("layouttype", "VERTICAL")
    parts.setting("selecttype", "ALL")
    parts.setting("gradingtype", "ALL_OR_NOTHING" if is_whole else "ABSOLUTE_POSITION")
    for place, option in enumerate(parts.question.options):
        step = parts.written("answer", option.text, place, fraction=str(place + 1))
        parts.remark(step, "feedback", option.feedback)


def _essay(parts: _Parts) -> None:
    parts.setting("responseformat", "editor")
    words = parts.question.words
    for name, limit in (("minwordlimit", words.least), ("maxwordlimit", words.most)):
        parts.setting(name, "" if limit is None else str(limit))


def _cloze(_parts: _Parts) -> None:
    """Everything stands in the text."""


_WITH_TEXTS = ("single", "multiple", "true_false", "statements", "matching", "ordering")  # that can hold media
_TYPES = {
    "single": "multichoice",
    "multiple": "multichoice",
    "true_false": "multichoice",
    "statements": "matching",
    "short": "shortanswer",
    "numerical": "numerical",
    "matching": "matching",
    "ordering": "ordering",
    "cloze": "cloze",
    "essay": "essay",
}
_WRITERS: dict[str, Callable[[_Parts], None]] = {
    "multichoice": _choice,
    "truefalse": _true_false,
    "matching": _matching,
    "shortanswer": _short,
    "numerical": _numerical,
    "ordering": _ordering,
    "cloze": _cloze,
    "essay": _essay,
}
