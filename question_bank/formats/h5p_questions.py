"""What each H5P content type asks, as questions."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from question_bank.formats.html_media import Resolve, media_in
from question_bank.formats.media import media_or_none
from question_bank.markup import as_html, as_text, cleaned
from question_bank.model import (
    Credit,
    Gap,
    Markup,
    Media,
    Option,
    Problem,
    Question,
    Severity,
    TextRules,
)
from question_bank.text import clean

Params = Mapping[str, object]
_BLANK = re.compile(r"\*([^*]+)\*")
_PLACEHOLDERS = ("@score", "@total", ":num", ":maxscore")  # a text with one says only how many points there were


@dataclass(frozen=True, slots=True)
class Part:
    """One content type with its parameters."""

    library: str  # without the version
    params: Params
    title: str = ""

    @property
    def content(self) -> "Content":
        return Content(self.params)


@dataclass
class Content:
    """Parameters whose values may be of any type: asked for one they lack, they give an empty one."""

    fields: Params
    resolve: Resolve = lambda _address: None
    problems: list[Problem] = field(default_factory=list)

    def string(self, name: str) -> str:
        return _storable(self.fields.get(name))

    def flag(self, name: str) -> bool:
        return self.fields.get(name) in (True, "true")

    def content(self, name: str) -> "Content":
        value = self.fields.get(name)
        return Content(value if isinstance(value, dict) else {}, self.resolve, self.problems)

    def listed(self, name: str) -> list[object]:
        value = self.fields.get(name)
        return value if isinstance(value, list) else []

    def objects(self, name: str) -> list["Content"]:
        entries = (entry for entry in self.listed(name) if isinstance(entry, dict))
        return [Content(entry, self.resolve, self.problems) for entry in entries]

    def strings(self, name: str) -> list[str]:
        return [_storable(entry) for entry in self.listed(name) if isinstance(entry, str)]

    def html(self, name: str) -> str:
        return self.cleaned(self.string(name))

    def cleaned(self, html: str) -> str:
        self.problems += media_in(html, lambda _address: None)[1]  # H5P keeps its media apart
        return cleaned(html)

    def ignored(self, *settings: str) -> None:
        """Say which settings have no place in a question."""
        named = ", ".join(setting for setting in settings if setting)
        if named:
            params: dict[str, str | int] = {"found": named}
            self.problems.append(Problem("settings_ignored", Severity.WARNING, None, "settings", params))

    def media(self) -> tuple[Media, ...]:
        """The picture or clip above the question."""
        params = self.content("media").content("type").content("params")
        files = [params.content("file"), *params.objects("sources"), *params.objects("files")]
        path = next((path for file in files if (path := file.string("path"))), "")
        if not path:
            return ()
        data = self.resolve(path)
        if data is None:
            self.problems.append(Problem("media_missing", Severity.WARNING, None, "media", {"name": path[-100:]}))
            return ()
        made = media_or_none(path, data, alt=clean(params.string("alt")))
        if made is None:
            self.problems.append(Problem("media_ignored", Severity.WARNING, None, "media", {"name": path[-100:]}))
        return () if made is None else (made,)

    def overall(self) -> str:
        """The name of the feedback by points reached, where somebody wrote it."""
        texts = [entry.string("feedback") for entry in self.objects("overallFeedback")]
        written = [text for text in texts if text and not any(word in text for word in _PLACEHOLDERS)]
        return "overallFeedback" if written else ""


def _storable(value: object) -> str:
    """JSON may hold half a character, which cannot be stored."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else ""


def _multi_choice(content: Content, title: str) -> Iterator[Question]:
    answers, behaviour = content.objects("answers"), content.content("behaviour")
    right = sum(answer.flag("correct") for answer in answers)
    is_multiple = right > 1 or behaviour.string("type") == "multi"
    hints = [answer.content("tipsAndFeedback") for answer in answers]
    options = tuple(
        Option(answer.html("text"), answer.flag("correct"), feedback=hint.html("chosenFeedback"))
        for answer, hint in zip(answers, hints, strict=True)
    )
    content.ignored(
        "tip" if any(hint.string("tip") for hint in hints) else "",
        "notChosenFeedback" if any(hint.string("notChosenFeedback") for hint in hints) else "",
        content.overall(),
    )
    partial = is_multiple and not behaviour.flag("singlePoint")
    yield Question(
        "multiple" if is_multiple else "single", content.html("question"), options, title=clean(title),
        markup=Markup.HTML, media=content.media(), credit=Credit.PARTIAL if partial else Credit.ALL_OR_NOTHING,
    )  # fmt: skip


def _true_false(content: Content, title: str) -> Iterator[Question]:
    words, behaviour = content.content("l10n"), content.content("behaviour")
    is_true = content.flag("correct")
    texts = (words.string("trueText") or "True", words.string("falseText") or "False")
    options = tuple(
        Option(
            as_html(text), correct,
            feedback=behaviour.html("feedbackOnCorrect" if correct else "feedbackOnWrong"),
        )
        for text, correct in zip(texts, (is_true, not is_true), strict=True)
    )  # fmt: skip
    yield Question(
        "true_false", content.html("question"), options, title=clean(title), markup=Markup.HTML, media=content.media()
    )


def _single_choice_set(content: Content, _title: str) -> Iterator[Question]:
    """In each, the answer written first is the right one."""
    content.ignored(content.overall())
    for choice in content.objects("choices"):
        yield _first_is_right(choice.html("question"), [content.cleaned(text) for text in choice.strings("answers")])


def _summary(content: Content, _title: str) -> Iterator[Question]:
    groups = content.objects("summaries")
    content.ignored("tip" if any(group.string("tip") for group in groups) else "", content.overall())
    for group in groups:
        statements = [content.cleaned(text) for text in group.strings("summary")]
        yield _first_is_right(content.html("intro"), statements)


def _first_is_right(stem: str, texts: list[str]) -> Question:
    options = tuple(Option(text, correct=place == 0) for place, text in enumerate(texts))
    return Question("single", stem, options, markup=Markup.HTML)


def _blanks(content: Content, title: str) -> Iterator[Question]:
    gaps: list[Gap] = []
    tips: list[str] = []

    def gap(match: re.Match[str]) -> str:
        answers, _colon, tip = as_text(match[1]).partition(":")
        tips.extend(filter(None, [tip]))
        texts = (clean(answer) for answer in answers.split("/"))
        gaps.append(Gap("short", tuple(Option(text, correct=True) for text in texts if text)))
        return f"[[{len(gaps)}]]"

    blocks = [_BLANK.sub(gap, content.cleaned(text)) for text in content.strings("questions")]
    content.ignored("tip" if tips else "", content.overall())
    yield Question(
        "cloze", "\n".join([content.html("text"), *blocks]).strip(), title=clean(title), markup=Markup.HTML,
        media=content.media(), gaps=tuple(gaps), credit=Credit.PARTIAL,
        text_rules=TextRules(case=content.content("behaviour").flag("caseSensitive")),
    )  # fmt: skip


class _Dragged(NamedTuple):
    r"""A word to be dragged, as it is written: ``*word:tip\+said when right\-said when wrong*``."""

    word: str
    tip: str
    when_right: str
    when_wrong: str

    @classmethod
    def written(cls, text: str) -> "_Dragged":
        rest, _sign, wrong = text.partition("\\-")
        rest, _sign, right = rest.partition("\\+")
        word, _colon, tip = rest.partition(":")
        return cls(clean(word), clean(tip), clean(right), clean(wrong))

    def option(self, word: str) -> Option:
        told = self.when_right if word == self.word else self.when_wrong
        return Option(as_html(word), word == self.word, feedback=as_html(told))


def _drag_text(content: Content, title: str) -> Iterator[Question]:
    """Every gap offers all the words."""
    text = content.string("textField")
    dragged = [_Dragged.written(one) for one in _BLANK.findall(text)]
    strangers = [_Dragged.written(one) for one in _BLANK.findall(content.string("distractors"))]
    words = list(dict.fromkeys(one.word for one in (*dragged, *strangers)))
    numbers = iter(range(1, len(dragged) + 1))
    stem = _BLANK.sub(lambda _match: f"[[{next(numbers)}]]", as_html(clean(text)))
    content.ignored("tip" if any(one.tip for one in dragged) else "", content.overall())
    yield Question(
        "cloze", "\n".join(filter(None, [content.html("taskDescription"), f"<p>{stem}</p>"])), title=clean(title),
        markup=Markup.HTML, media=content.media(), credit=Credit.PARTIAL,
        gaps=tuple(Gap("single", tuple(one.option(word) for word in words)) for one in dragged),
    )  # fmt: skip


def _essay(content: Content, title: str) -> Iterator[Question]:
    """Its lengths are in characters, ours in words."""
    solution, behaviour = content.content("solution"), content.content("behaviour")
    told = [name for name in ("minimumLength", "maximumLength") if behaviour.fields.get(name)]
    content.ignored("keywords" if content.objects("keywords") else "", *told, content.overall())
    explanation = "\n".join(filter(None, [solution.html("introduction"), solution.html("sample")]))
    yield Question(
        "essay", content.html("taskDescription"), title=clean(title), markup=Markup.HTML, media=content.media(),
        explanation=explanation,
    )  # fmt: skip


READERS: dict[str, Callable[[Content, str], Iterator[Question]]] = {
    "H5P.MultiChoice": _multi_choice,
    "H5P.TrueFalse": _true_false,
    "H5P.SingleChoiceSet": _single_choice_set,
    "H5P.Summary": _summary,
    "H5P.Blanks": _blanks,
    "H5P.DragText": _drag_text,
    "H5P.Essay": _essay,
}
