"""A question while its lines are being read, and the question it becomes."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from question_bank.answers import number_in
from question_bank.formats.fields import FieldReader
from question_bank.formats.kind_text import TYPED, WITHOUT_LETTERS, options_from, usual_credit, with_gaps
from question_bank.formats.labels import Label
from question_bank.formats.line import Line, Mark
from question_bank.formats.marking import marked_options, marked_statements
from question_bank.formats.sections import NO_SECTION, Section
from question_bank.formats.situations import Situation
from question_bank.formats.truths import FALSE, TRUE, truths_in
from question_bank.formats.words import (
    LETTERS,
    NO_FIXED,
    TRUE_FALSE,
    fixed_positions,
    inferred_kind,
    key_from_wording,
    key_letters,
    says_true_or_false,
)
from question_bank.formats.written import html_of, text_of
from question_bank.markup import cleaned, in_html
from question_bank.model import Level, Markup, Media, Option, Problem, Question, Severity
from question_bank.text import clean

Key = tuple[str, ...]
Listed = Callable[[str], Key | None]  # the key a list holds for the question, by its shape


@dataclass(slots=True)
class DraftOption:
    letter: str
    parts: list[Line]
    label_marks: frozenset[Mark] = frozenset()

    @property
    def text(self) -> str:
        return clean(" ".join(part.words for part in self.parts))

    @property
    def pictures(self) -> list[Media]:
        return [picture for part in self.parts for picture in part.pictures]

    @property
    def text_marks(self) -> frozenset[Mark]:
        marks = [part.emphasis() for part in self.parts if part.words.strip()]
        starred = self.text.startswith("*") or self.text.endswith("*")
        return (frozenset.intersection(*marks) if marks else frozenset()) | ({"asterisk"} if starred else set())


@dataclass(slots=True)
class Draft:
    """What has been read of one question; ``number`` is the one printed before it."""

    number: int
    section: Section = NO_SECTION
    stem: list[Line] = field(default_factory=list)
    options: list[DraftOption] = field(default_factory=list)
    key_text: str | None = None
    explanation: list[Line] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)  # as in a sheet: the field and what was written after it
    laws: list[str] = field(default_factory=list)
    level: Level | None = None
    situation: Situation | None = None
    problems: list[Problem] = field(default_factory=list)
    key_from_marking: bool = False

    def add_option(self, line: Line, label: Label, end: int | None) -> None:
        label_marks = line.cut(label.begin, label.begin + 1).emphasis()
        starred = frozenset({"asterisk"}) if label.starred else frozenset()
        self.options.append(DraftOption(label.letter, [line.cut(label.end, end)], label_marks | starred))

    def turn_options_into_stem(self) -> None:
        """A list "a) … b) …" was part of the question: the real options "A. …" begin only now."""
        for option in self.options:
            first = option.parts[0]
            labelled = Line(f"{option.letter}) {first.text}", (), first.pictures)
            self.stem += [labelled, *option.parts[1:]]
        self.options = []

    def report(self, code: str, severity: Severity = Severity.ERROR, column: str = "", **params: str | int) -> None:
        self.problems.append(Problem(code, severity, self.number, column, params))

    @property
    def shape(self) -> str:
        """What its key looks like in a list: "choice", "statements" or "short"."""
        kind = self._stated_kind()
        return "short" if kind in TYPED else "statements" if kind == "statements" else "choice"

    def finish(self, listed: Listed) -> Question:
        """The question, its key taken from its own line, else from the list, else from the marking."""
        kind = self._stated_kind()
        if not kind and len(self.options) > 1:
            truths = truths_in(self.key_text or "") or (None if listed("choice") else listed("statements"))
            kind = "statements" if truths else ""
        options = self._without_letters(kind, listed) if kind in WITHOUT_LETTERS else self._lettered(listed("choice"))
        stem = text_of(self.stem)
        if kind == "short" and options and all(number_in(option.text) is not None for option in options):
            kind = "numerical" if "kind" not in self.fields else kind
        return self._question(kind or inferred_kind(options, stem), stem, options)

    def _stated_kind(self) -> str:
        named = FieldReader({"kind": self.fields.get("kind", "")}, self._silent).kind()
        if named:
            return named
        if self.section.kind in ("short", "essay") and len(self.options) > 1:
            return ""  # a question with options in the wrong part is still one with options
        return self.section.kind.removeprefix("choice")

    def _silent(self, code: str, column: str, severity: Severity = Severity.ERROR, **params: str | int) -> None:
        """For looking ahead: what is wrong is told when the question is made."""

    def _report_field(self, code: str, column: str, severity: Severity = Severity.ERROR, **params: str | int) -> None:
        self.report(code, severity, column, **params)

    def _question(self, kind: str, stem: str, options: tuple[Option, ...]) -> Question:
        fields = FieldReader(self.fields, self._report_field)
        fields.kind()
        laws, unread = fields.laws_in(self.laws)
        explanation = [*(Line(text) for text in unread), *self.explanation]
        question = Question(
            kind, stem, options, fields.topic() or self.section.topic, self.level or fields.level(), laws,
            text_of(explanation), fields.tags(), fields.text("code"), media=tuple(self._media(kind)),
            situation=self.situation.text if self.situation else "", credit=fields.credit(usual_credit(kind)),
            words=fields.words(), points=fields.points(),
        )  # fmt: skip
        return with_gaps(self._with_tables(question, explanation))

    def _with_tables(self, question: Question, explanation: Sequence[Line]) -> Question:
        situation = self.situation.lines if self.situation else []
        if not any(line.table for line in (*self.stem, *explanation, *situation)):
            return question
        stem, reason, story = (cleaned(html_of(lines)) for lines in (self.stem, explanation, situation))
        return replace(in_html(question), stem=stem, explanation=reason, situation=story, markup=Markup.HTML)

    def _media(self, kind: str) -> Iterator[Media]:
        with_options = kind not in TYPED
        lines = [*self.stem, *self.explanation, *(self.situation.lines if self.situation else [])]
        yield from (picture for line in lines for picture in line.pictures)
        for place, option in enumerate(self.options):
            yield from (replace(picture, place=place if with_options else None) for picture in option.pictures)

    # Options with letters

    def _lettered(self, listed: Key | None) -> tuple[Option, ...]:
        key = self._key(listed)
        texts = self._texts()[: len(LETTERS)]
        kept = self._fixed(texts)
        for letter in key:
            if letter not in LETTERS[: len(texts)]:
                self.report("key_letter_without_option", column="key", letter=letter)
        return tuple(Option(text, LETTERS[n] in key, n in kept) for n, text in enumerate(texts))

    def _fixed(self, texts: Sequence[str]) -> frozenset[int]:
        said = self.fields.get("fixed", "")
        letters = key_letters(said.removeprefix(NO_FIXED)) if said else None
        if said and letters is None and said != NO_FIXED:
            self.report("unreadable_key", column="fixed", found=said[:60])
        return frozenset(LETTERS.index(one) for one in letters or ()) if said else fixed_positions(texts)

    def _key(self, listed: Key | None) -> Key:
        stated = self._stated_key()
        if stated and listed and stated != listed:
            self.report("keys_disagree", column="key", first=", ".join(stated), second=", ".join(listed))
        key = stated or listed or ()
        marked = marked_options([(each.label_marks, each.text_marks) for each in self.options])
        if not key and self.key_text is None and len(marked) == 1:
            key, self.key_from_marking = marked, True
        elif not key and marked:
            self.report("marking_ambiguous", Severity.WARNING, "key", letters=", ".join(marked))
        elif len(marked) == 1 and key != marked:
            self.report("marking_disagrees", Severity.WARNING, "key", key=", ".join(key), marked=marked[0])
        return key

    def _texts(self) -> list[str]:
        if not self.options and self.key_text and says_true_or_false(self.key_text):
            return list(TRUE_FALSE)
        only_one = sum("asterisk" in each.text_marks for each in self.options) == 1
        return [clean(each.text.strip("*")) if only_one else each.text for each in self.options]

    def _stated_key(self) -> Key:
        if self.key_text is None:
            return ()
        key = key_letters_before_text(self.key_text) or key_from_wording(self.key_text, self._texts())
        if not key:
            self.report("unreadable_key", column="key", found=self.key_text[:60])
        return key

    # Options without

    def _without_letters(self, kind: str, listed: Listed) -> tuple[Option, ...]:
        texts = [each.text for each in self.options]
        if kind == "statements":
            return options_from(kind, texts, self._truths(listed("statements")), self._report_field)
        if kind in TYPED and self.key_text is None:
            # Papers write the answer where an option would stand: "A. 11".
            given = listed("short") or ()
            return options_from(kind, (), " | ".join(given or texts), self._report_field)
        return options_from(kind, texts, self.key_text or "", self._report_field)

    def _truths(self, listed: Key | None) -> str:
        truths = ", ".join(listed or ())
        stated = self.key_text or ""
        said = ", ".join(truths_in(stated) or ())
        if said and truths and said != truths:
            self.report("keys_disagree", column="key", first=said, second=truths)
        marked = marked_statements([(each.label_marks, each.text_marks) for each in self.options])
        if not stated and not truths and marked:
            self.key_from_marking = True
            return ", ".join(TRUE if place in marked else FALSE for place in range(len(self.options)))
        return stated or truths


def key_letters_before_text(text: str) -> Key:
    """The letters of "B", "A, C", or "B. Có hiệu lực từ …"."""
    whole = key_letters(clean(text).rstrip("."))
    if whole is not None and (len(whole) == 1 or clean(text).isupper() or "," in text):
        return whole
    match = re.match(r"\s*([A-Ja-j](?:\s*[,;&]\s*[A-Ja-j])*)\s*(?:[.):]|[-–]\s|$)", clean(text))
    return key_letters(match[1]) or () if match else ()
