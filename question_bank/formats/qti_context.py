"""One QTI item while it is read: its tree, its scoring, and what was met on the way."""

from dataclasses import dataclass, field, replace
from typing import NamedTuple

from question_bank.formats.html_media import Resolve, media_in
from question_bank.formats.qti_processing import Given, Scoring
from question_bank.formats.safe_xml import Element, inner_html
from question_bank.markup import as_text, cleaned
from question_bank.model import Credit, Gap, Media, Option, Problem, Severity, TextRules, WordLimit


class Identifiers(NamedTuple):
    """The item's own names behind our positions: of the options, of the matches, and of the options of each gap."""

    options: tuple[str, ...] = ()
    matches: tuple[str, ...] = ()
    gaps: tuple[tuple[str, ...], ...] = ()


class Answers(NamedTuple):
    """What an interaction comes to. ``probes``: for each option the answer that gives it alone, to ask for feedback."""

    kind: str
    options: tuple[Option, ...] = ()
    gaps: tuple[Gap, ...] = ()
    credit: Credit = Credit.ALL_OR_NOTHING
    text_rules: TextRules = TextRules()
    words: WordLimit = WordLimit()
    shows_count: bool = False
    identifiers: Identifiers = Identifiers()
    probes: tuple[Given, ...] = ()


class NotHeld(Exception):
    """The item asks for something we have no kind for; its type is the argument."""


@dataclass
class Item:
    root: Element
    body: Element
    scoring: Scoring
    resolve: Resolve
    row: int
    problems: list[Problem] = field(default_factory=list)
    media: list[Media] = field(default_factory=list)
    pictures: int = 0  # that were given a name, for want of words

    @property
    def title(self) -> str:
        return self.root.get("title") or self.root.get("identifier") or ""

    def warn(self, code: str, **params: str | int) -> None:
        shown = {name: value[:100] if isinstance(value, str) else value for name, value in params.items()}
        self.problems.append(Problem(code, Severity.WARNING, self.row, params={"title": self.title[:100], **shown}))

    def html(self, element: Element | None, place: int | None = None) -> str:
        """The content as clean HTML; its media go to the question."""
        raw = inner_html(element)
        found, problems = media_in(raw, self.resolve, place)
        self.media += found
        self.problems += [replace(one, row=self.row) for one in problems]
        return cleaned(raw)

    def aside(self, element: Element) -> str:
        """Content no contestant sees before having answered: its media would tell too early, with the stem."""
        raw = inner_html(element)
        found, _problems = media_in(raw, self.resolve)
        for one in found:
            params: dict[str, str | int] = {"name": one.name[-100:]}
            self.problems.append(Problem("media_ignored", Severity.WARNING, self.row, "media", params))
        return cleaned(raw)

    def label(self, element: Element, place: int | None = None) -> str:
        """Content that needs words: a picture without any gets a name, under which it is shown with the stem."""
        before = len(self.media)
        html = self.html(element, place)
        if as_text(html):
            return html
        self.pictures += 1
        words = element.get("hotspotLabel") or element.get("objectLabel") or f"Hình {self.pictures}"
        self.media[before:] = [replace(one, alt=one.alt or words) for one in self.media[before:]]
        return cleaned(words)
