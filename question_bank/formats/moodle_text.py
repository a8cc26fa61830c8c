"""What the formats of Moodle share: the four ways a text may be written, and category paths.

Documented at docs.moodle.org: "Formatting options" and "Question categories".
"""

import re
from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum

from question_bank.formats.archive import BadFile, refuse_large
from question_bank.formats.encoding import Decoded, decoded
from question_bank.markup import as_html, cleaned, plain, simplest
from question_bank.model import Markup, Problem, Question, Severity
from question_bank.text import clean

_TAG = re.compile(
    r"</?(?:p|br|div|span|b|strong|i|em|u|s|sub|sup|ul|ol|li|table|tr|td|th|a|img|audio|video|h[1-6]|pre|code)\b[^<>]*>"
    r"|&(?:[a-z]{2,8}|#\d{1,6});",
    re.IGNORECASE,
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_CONTEXT = re.compile(r"\$\w+\$")


class TextFormat(StrEnum):
    MOODLE = "moodle"  # typed lines in which tags work
    HTML = "html"
    PLAIN = "plain"
    MARKDOWN = "markdown"


class Texts:
    """The texts of one question, all brought into one markup, and what was noticed on the way."""

    def __init__(self, markup: Markup = Markup.TEXT) -> None:
        self.markup = markup
        self.met_html = False
        self.problems: list[Problem] = []

    def written(self, text: str, how: TextFormat) -> str:
        """Markdown is kept as it was typed: its marks can be read, and nothing here draws them."""
        if how is TextFormat.MARKDOWN and text.strip():
            self.problems.append(Problem("markdown_not_drawn", Severity.WARNING, column="stem"))
        is_html = _is_html(text, how)
        self.met_html = self.met_html or is_html
        if self.markup is Markup.TEXT:
            return clean(text)
        if not is_html:
            return as_html(clean(text))
        return cleaned(text if how is TextFormat.HTML else text.replace("\n", "<br>"))


def _is_html(text: str, how: TextFormat) -> bool:
    return bool(text.strip()) and (how is TextFormat.HTML or (how is TextFormat.MOODLE and bool(_TAG.search(text))))


def in_simplest_markup(build: Callable[[Texts], Question]) -> tuple[Question, list[Problem]]:
    """The question in plain text; built again in HTML when one of its texts turns out to be HTML."""
    texts = Texts()
    question = build(texts)
    if texts.met_html:
        texts = Texts(Markup.HTML)
        question = simplest(replace(build(texts), markup=Markup.HTML))
    return question, texts.problems


def text_in(data: bytes) -> Decoded:
    """The text of a file, with one kind of line end.

    :raises BadFile: not_text, also for what decodes but holds what nobody types.
    """
    refuse_large(data)
    text, problems = decoded(data)
    if _CONTROL.search(text):
        raise BadFile("not_text")
    return Decoded(text.replace("\r\n", "\n").replace("\r", "\n"), problems)


def topic_of(path: str) -> tuple[str, ...]:
    """The topic of a category path: "$course$/top/Luật/Đất đai" names two; "//" is a stroke inside a name."""
    names = [clean(name.replace("\0", "/")) for name in path.replace("//", "\0").split("/")]
    if names and _CONTEXT.fullmatch(names[0]):
        names = names[1:]
    if names and names[0] == "top":
        names = names[1:]
    return tuple(name for name in names if name)


def category_path(topic: tuple[str, ...]) -> str:
    names = (" ".join(name.split()).replace("/", "//") for name in topic)
    return "/".join(["$course$", "top", *(f" {name}" if name.startswith("/") else name for name in names)])


def with_situation(question: Question) -> Question:
    """The text several questions share, set before the stem: these formats have no place of its own for it."""
    if not question.situation:
        return question
    gap = "<br>" if question.markup is Markup.HTML else "\n"
    return replace(question, stem=question.situation + gap + question.stem, situation="")


def default_title(question: Question) -> str:
    """The name Moodle gives a question that has none: how its text begins."""
    return " ".join(plain(question.stem, question.markup).split())[:80].strip()
