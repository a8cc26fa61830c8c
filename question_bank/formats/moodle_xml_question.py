"""One ``<question>`` of Moodle XML as a question of ours."""

import base64
import binascii
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from question_bank.answers import number_in
from question_bank.cloze import GAP, gap_numbers
from question_bank.formats.cloze_file import cloze
from question_bank.formats.html_media import media_in
from question_bank.formats.moodle_answers import ONE, ZERO, Answer, accepted, choice, matching, share_of
from question_bank.formats.moodle_text import TextFormat, Texts
from question_bank.formats.safe_xml import Element, child, children, inner_html, text_of
from question_bank.formats.words import TRUE_FALSE
from question_bank.model import Credit, Gap, Media, Option, Problem, Question, Severity, TextRules, WordLimit
from question_bank.text import clean

_FORMATS = {
    "html": TextFormat.HTML,
    "moodle_auto_format": TextFormat.MOODLE,
    "plain_text": TextFormat.PLAIN,
    "markdown": TextFormat.MARKDOWN,
}
_MOST = 200  # words and gaps of one text; with more the checks refuse the question
_PLUGIN_FILE = "@@PLUGINFILE@@/"
Fields = dict[str, Any]  # fields of a Question


class Source:
    """The parts of one ``<question>``, its texts in one markup and the media found in them."""

    def __init__(self, element: Element, texts: Texts) -> None:
        self.element = element
        self.texts = texts
        self.media: list[Media] = []

    def value(self, name: str) -> str:
        """A setting or a short text, as it stands."""
        holder = child(self.element, name)
        inner = None if holder is None else child(holder, "text")
        return clean(text_of(holder if inner is None else inner))

    def raw(self, holder: Element | None) -> tuple[str, TextFormat]:
        """The text of a part and how it is written; in older files tags stand in it as elements."""
        if holder is None:
            return "", TextFormat.HTML
        inner = child(holder, "text")
        text = "" if inner is None else inner_html(inner) if len(inner) else text_of(inner)
        own = child(self.element, "questiontext")
        usual = "html" if own is None else own.get("format", "html")
        return text.strip(), _FORMATS.get(holder.get("format", usual), TextFormat.HTML)

    def written(self, holder: Element | None, place: int | None = None) -> str:
        text, how = self.raw(holder)
        found, problems = self._media_in(holder, text, place)
        self.media += found
        self.texts.problems += problems
        return self.texts.written(text, how)

    def remark(self, holder: Element | None) -> str:
        """A feedback: shown after the answer, where a question of ours has no place for media."""
        text, how = self.raw(holder)
        found, problems = self._media_in(holder, text, None)
        ignored = [_problem("media_ignored", "media", name=media.name) for media in found]
        self.texts.problems += [*problems, *ignored]
        return self.texts.written(text, how)

    def _media_in(
        self, holder: Element | None, text: str, place: int | None
    ) -> tuple[tuple[Media, ...], list[Problem]]:
        files = {} if holder is None else {file.get("name", ""): file for file in children(holder, "file")}
        asked: set[str] = set()

        def resolve(address: str) -> bytes | None:
            name = address.removeprefix(_PLUGIN_FILE)
            asked.add(name)
            return _bytes_of(files[name]) if name in files else None

        found, problems = media_in(text, resolve, place)
        unused = [_problem("media_ignored", "media", name=name[-100:]) for name in files if name not in asked]
        return found, [*problems, *unused]

    def answers(self, read: Callable[[Element, int], str]) -> list[Answer]:
        return [
            Answer(
                read(answer, place),
                share_of(answer.get("fraction", "0")) or ZERO,
                self.remark(child(answer, "feedback")),
                number_in(text_of(child(answer, "tolerance"))),
            )
            for place, answer in enumerate(children(self.element, "answer"))
        ]


def _problem(code: str, column: str, **params: str | int) -> Problem:
    return Problem(code, Severity.WARNING, column=column, params=params)


def _bytes_of(file: Element) -> bytes | None:
    try:
        return base64.b64decode("".join(text_of(file).split()), validate=True)
    except (binascii.Error, ValueError):
        return None


def question_in(element: Element, topic: tuple[str, ...], texts: Texts) -> Question:
    """The question; its type must be one of ``READERS``."""
    source = Source(element, texts)
    fields = READERS[element.get("type", "")](source)
    stem = fields.pop("stem") if "stem" in fields else source.written(child(element, "questiontext"))
    points = number_in(source.value("defaultgrade"))
    tags = child(element, "tags")
    return Question(
        stem=stem,
        explanation=source.remark(child(element, "generalfeedback")),
        topic=topic,
        tags=tuple(clean(text_of(tag)) for tag in children(tags, "tag")) if tags is not None else (),
        code=source.value("idnumber"),
        title=source.value("name"),
        media=tuple(sorted(source.media, key=lambda media: -1 if media.place is None else media.place)),
        points=None if points in (None, ONE) else points.normalize() if points else ZERO,
        **fields,
    )


def _is_yes(value: str) -> bool:
    return value.lower() in {"true", "1"}


def _typed(answer: Element, _place: int) -> str:
    return clean(text_of(child(answer, "text")))


def _choice(source: Source) -> Fields:
    kind, options, credit, problems = choice(source.answers(source.written), single=_is_yes(source.value("single")))
    source.texts.problems += problems
    if source.value("shuffleanswers").lower() in {"false", "0"}:
        options = tuple(replace(option, fixed=True) for option in options)
    return {"kind": kind, "options": options, "credit": credit}


def _true_false(source: Source) -> Fields:
    told = {answer.text.lower(): answer for answer in source.answers(_typed)}
    options = []
    for word, said in zip(TRUE_FALSE, ("true", "false"), strict=True):
        answer = told.get(said, Answer("", ZERO))
        options.append(Option(word, answer.share == ONE, feedback=answer.feedback))
    return {"kind": "true_false", "options": tuple(options)}


def _short(source: Source) -> Fields:
    rules = TextRules(case=_is_yes(source.value("usecase")))
    return {"kind": "short", "options": accepted(source.answers(_typed)), "text_rules": rules}


def _numerical(source: Source) -> Fields:
    return {"kind": "numerical", "options": accepted(source.answers(_typed))}


def _matching(source: Source) -> Fields:
    pairs = []
    for place, part in enumerate(children(source.element, "subquestion")):
        prompt = source.written(part, place) or _seen_in(source.media, place)
        match = text_of(child(part, "answer")).strip()
        pairs.append(Option(prompt, match=source.texts.written(match, TextFormat.PLAIN)))
    kind, options = matching(pairs)
    return {"kind": kind, "options": options, "credit": Credit.PARTIAL}


def _seen_in(media: list[Media], place: int) -> str:
    """A picture that is the whole prompt, in words: a prompt without any would be a distractor."""
    return next((clean(one.alt or one.name) for one in media if one.place == place), "")


def _essay(source: Source) -> Fields:
    least, most = (source.value(name) for name in ("minwordlimit", "maxwordlimit"))
    return {"kind": "essay", "words": WordLimit(_whole(least), _whole(most))}


def _whole(text: str) -> int | None:
    return int(text) if text.isdecimal() and 0 < len(text) < 7 else None


def _cloze(source: Source) -> Fields:
    holder = child(source.element, "questiontext")
    source.written(holder)  # for its media: the gaps must be taken out before the text is cleaned
    question = cloze(*source.raw(holder), source.texts)
    return {name: getattr(question, name) for name in ("kind", "stem", "gaps", "credit", "text_rules")}


def _words_in_text(source: Source) -> Fields:
    """Words dragged or selected into gaps: each gap offers the words of its group."""
    words = [*children(source.element, "dragbox"), *children(source.element, "selectoption")][:_MOST]
    groups = [text_of(child(word, "group")) or "1" for word in words]
    shown = [source.texts.written(text_of(child(word, "text")).strip(), TextFormat.MOODLE) for word in words]
    stem = source.written(child(source.element, "questiontext"))
    gaps = [_gap_for(number - 1, groups, shown) for number in gap_numbers(stem)[:_MOST]]
    places = iter(range(1, len(gaps) + 1))
    stem = GAP.sub(lambda _gap: f"[[{next(places, 0)}]]", stem)
    return {"kind": "cloze", "stem": stem, "gaps": tuple(gaps), "credit": Credit.PARTIAL}


def _gap_for(key: int, groups: list[str], words: list[str]) -> Gap:
    group = groups[key] if 0 <= key < len(groups) else ""
    offered = [(place, word) for place, word in enumerate(words) if groups[place] == group]
    return Gap("single", tuple(Option(word, place == key) for place, word in offered))


def _ordering(source: Source) -> Fields:
    """Here the fraction counts the steps."""
    steps = sorted(source.answers(source.written), key=lambda answer: answer.share)
    is_whole = source.value("gradingtype") == "ALL_OR_NOTHING"
    return {
        "kind": "ordering",
        "options": tuple(Option(step.text, feedback=step.feedback) for step in steps),
        "credit": Credit.ALL_OR_NOTHING if is_whole else Credit.PARTIAL,
    }


READERS: dict[str, Callable[[Source], Fields]] = {
    "multichoice": _choice,
    "multichoiceset": _choice,
    "truefalse": _true_false,
    "shortanswer": _short,
    "numerical": _numerical,
    "matching": _matching,
    "match": _matching,
    "essay": _essay,
    "cloze": _cloze,
    "multianswer": _cloze,
    "ddwtos": _words_in_text,
    "gapselect": _words_in_text,
    "ordering": _ordering,
}
WITH_FRACTIONS = ("multichoice", "truefalse", "shortanswer", "numerical")


def fractions_of(element: Element) -> list[tuple[str, Decimal | None]]:
    """As written and as a share."""
    written = [answer.get("fraction", "0") for answer in children(element, "answer")]
    return [(text, share_of(text)) for text in written]
