"""A question while its lines are being read, and the question it becomes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from question_bank.formats.labels import Label
from question_bank.formats.words import (
    LETTERS,
    TRUE_FALSE,
    fixed_positions,
    inferred_kind,
    key_from_wording,
    key_letters,
    says_true_or_false,
)
from question_bank.model import Level, Media, Option, Problem, Question, Severity
from question_bank.text import clean

Mark = str
Key = tuple[str, ...]
_MOST_DELIBERATE_FIRST = ("asterisk", "highlight", "underline", "colour", "bold", "italic")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a text; ``marks`` says, character by character, what is emphasised and how."""

    text: str
    marks: tuple[frozenset[Mark], ...] = ()
    pictures: tuple[Media, ...] = ()

    def cut(self, begin: int, end: int | None = None) -> "Line":
        return Line(self.text[begin:end], self.marks[begin:end])

    def squeezed(self) -> "Line":
        """With at most three spaces in a row, so that no pattern has long runs to try."""
        kept = [n for n in range(len(self.text)) if n < 3 or not self.text[n - 3 : n + 1].isspace()]
        marks = tuple(self.marks[n] for n in kept) if self.marks else ()
        return Line("".join(self.text[n] for n in kept), marks, self.pictures)

    def emphasis(self) -> frozenset[Mark]:
        """The marks every letter and digit of this line carries."""
        marked = [marks for character, marks in zip(self.text, self.marks, strict=False) if character.isalnum()]
        return frozenset.intersection(*marked) if marked else frozenset()


@dataclass(slots=True)
class DraftOption:
    letter: str
    parts: list[Line]
    label_marks: frozenset[Mark] = frozenset()

    @property
    def text(self) -> str:
        return clean(" ".join(part.text for part in self.parts))

    @property
    def text_marks(self) -> frozenset[Mark]:
        marks = [part.emphasis() for part in self.parts if part.text.strip()]
        starred = self.text.startswith("*") or self.text.endswith("*")
        return (frozenset.intersection(*marks) if marks else frozenset()) | ({"asterisk"} if starred else set())


@dataclass(slots=True)
class Draft:
    """What has been read of one question; ``number`` is the one printed before it."""

    number: int
    stem: list[str] = field(default_factory=list)
    options: list[DraftOption] = field(default_factory=list)
    key_text: str | None = None
    explanation: list[str] = field(default_factory=list)
    level: Level = Level.RECOGNITION
    pictures: list[Media] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    key_from_marking: bool = False

    def add_option(self, line: Line, label: Label, end: int | None) -> None:
        label_marks = line.cut(label.begin, label.begin + 1).emphasis()
        starred = frozenset({"asterisk"}) if label.starred else frozenset()
        self.options.append(DraftOption(label.letter, [line.cut(label.end, end)], label_marks | starred))

    def turn_options_into_stem(self) -> None:
        """A list "a) … b) …" was part of the question: the real options "A. …" begin only now."""
        self.stem += [f"{option.letter}) {option.text}" for option in self.options]
        self.options = []

    def report(self, code: str, severity: Severity = Severity.ERROR, column: str = "", **params: str | int) -> None:
        self.problems.append(Problem(code, severity, self.number, column, params))

    def finish(self, listed: Key | None) -> Question:
        """The question, its key taken from its own line, else from the list, else from the marking."""
        stated = self._stated_key()
        if stated and listed and stated != listed:
            self.report("keys_disagree", column="key", first=", ".join(stated), second=", ".join(listed))
        key = stated or listed or ()
        marked = self._marked()
        if not key and self.key_text is None and len(marked) == 1:
            key, self.key_from_marking = marked, True
        elif not key and marked:
            self.report("marking_ambiguous", Severity.WARNING, "key", letters=", ".join(marked))
        elif len(marked) == 1 and key != marked:
            self.report("marking_disagrees", Severity.WARNING, "key", key=", ".join(key), marked=marked[0])
        return self._question(key)

    def _question(self, key: Key) -> Question:
        texts = self._texts()[: len(LETTERS)]
        kept = fixed_positions(texts)
        options = tuple(Option(text, LETTERS[n] in key, n in kept) for n, text in enumerate(texts))
        for letter in key:
            if letter not in LETTERS[: len(options)]:
                self.report("key_letter_without_option", column="key", letter=letter)
        stem = clean("\n".join(self.stem))
        question = Question(inferred_kind(options, stem), stem, options, level=self.level)
        return replace(question, explanation=clean("\n".join(self.explanation)), media=tuple(self.pictures))

    def _texts(self) -> list[str]:
        if not self.options and self.key_text and says_true_or_false(self.key_text):
            return list(TRUE_FALSE)
        return [self._without_star(option) for option in self.options]

    def _without_star(self, option: DraftOption) -> str:
        only_one = sum("asterisk" in each.text_marks for each in self.options) == 1
        return clean(option.text.strip("*")) if only_one else option.text

    def _stated_key(self) -> Key:
        if self.key_text is None:
            return ()
        key = key_letters_before_text(self.key_text) or key_from_wording(self.key_text, self._texts())
        if not key:
            self.report("unreadable_key", column="key", found=self.key_text[:60])
        return key

    def _marked(self) -> Key:
        """The options emphasised unlike the others, by the most deliberate emphasis that tells any apart."""
        telling = [letters for letters in self._alike() if 0 < len(letters) < len(self.options)]
        if not telling:
            return ()
        rivals = [letters for letters in telling if len(letters) == 1]
        return tuple(sorted(set(telling[0]).union(*rivals)))

    def _alike(self) -> Iterator[list[str]]:
        marks_of_labels = [each.label_marks for each in self.options]
        marks_of_texts = [each.text_marks for each in self.options]
        for kind in _MOST_DELIBERATE_FIRST:
            for marks in (marks_of_labels, marks_of_texts):
                yield [letter for letter, found in zip(LETTERS, marks, strict=False) if kind in found]


def key_letters_before_text(text: str) -> Key:
    """The letters of "B", "A, C", or "B. Có hiệu lực từ …"."""
    whole = key_letters(clean(text).rstrip("."))
    if whole is not None and (len(whole) == 1 or clean(text).isupper() or "," in text):
        return whole
    match = re.match(r"\s*([A-Ja-j](?:\s*[,;&]\s*[A-Ja-j])*)\s*(?:[.):]|[-–]\s|$)", clean(text))
    return key_letters(match[1]) or () if match else ()
