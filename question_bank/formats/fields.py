"""What is said of a question in a cell or after a label: its kind, level, topic and the like."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from question_bank.answers import number_in
from question_bank.formats.law_text import laws_in
from question_bank.formats.words import kind_of, level_of
from question_bank.model import Credit, LegalBasis, Level, Severity, WordLimit
from question_bank.text import clean, fold, topic_path

Value = str | date
Row = Mapping[str, Value]
Report = Callable[..., None]  # (code, field, severity, **params)
_YES, _NO = {"co", "x", "yes", "true", "dung", "1"}, {"khong", "no", "false", "sai", "0", "-"}
_WORDS = re.compile(r"(?:tu\s*)?(?P<least>\d{1,6})?\s*(?:(?:-|–|den|toi da|<=?)\s*)?(?P<most>\d{1,6})?\s*(?:tu|chu)?")


class FieldReader:
    """The values of one question; what cannot be understood is reported under its field."""

    def __init__(self, values: Row, report: Report) -> None:
        self._values = values
        self._report = report

    def text(self, field: str) -> str:
        value = self._values.get(field, "")
        return clean(value if isinstance(value, str) else value.strftime("%d/%m/%Y"))

    def kind(self) -> str | None:
        word = self.text("kind")
        kind = kind_of(word) if word else None
        if word and kind is None:
            self._report("unknown_type", "kind", found=word[:60])
        return kind

    def level(self) -> Level:
        word = self.text("level")
        level = level_of(word) if word else Level.RECOGNITION
        if level is None:
            self._report("unknown_level", "level", found=word[:60])
        return level or Level.RECOGNITION

    def topic(self) -> tuple[str, ...]:
        text = self.text("topic")
        return topic_path(text if ">" in text else text.replace("/", ">"))

    def tags(self) -> tuple[str, ...]:
        text = self.text("tags")
        parts = re.split(r"[;\n]", text) if ";" in text or "\n" in text else text.split(",")
        return tuple(part.strip() for part in parts if part.strip())

    def credit(self, usual: Credit) -> Credit:
        word = fold(self.text("credit"))
        if word in _YES | _NO:
            return Credit.PARTIAL if word in _YES else Credit.ALL_OR_NOTHING
        if word:
            self._report("unknown_value", "credit", found=word[:60], accepted="Có, Không")
        return usual

    def words(self) -> WordLimit:
        """ "500", "từ 200 đến 1000", "từ 200"."""
        text = fold(self.text("words"))
        match = _WORDS.fullmatch(text)
        if not text or match is None:
            if text:
                self._report("not_a_number", "words", found=text[:60])
            return WordLimit()
        numbers = [int(number) for number in match.groups() if number]
        if len(numbers) == 2:
            return WordLimit(*numbers)
        return WordLimit(least=numbers[0]) if text.startswith("tu") else WordLimit(most=numbers[0])

    def points(self) -> Decimal | None:
        text = self.text("points")
        number = number_in(text) if text else None
        if text and number is None:
            self._report("not_a_number", "points", found=text[:60])
        return number

    def laws_in(self, lines: Sequence[str]) -> tuple[tuple[LegalBasis, ...], list[str]]:
        """The provisions cited, and the lines that cite none in a form we know."""
        read = [(line, laws_in(line.partition(":")[2])) for line in lines]
        laws = tuple(law for _, found in read for law in found)
        if any(not law.act for law in laws):
            self._report("law_without_number", "act", Severity.WARNING)
        return laws, [line for line, found in read if not found]


def words_text(words: WordLimit) -> str:
    """As ``FieldReader.words`` reads it."""
    if words.least is None:
        return "" if words.most is None else str(words.most)
    return f"từ {words.least}" + ("" if words.most is None else f" đến {words.most}")


def yes_or_no(credit: Credit) -> str:
    return "Có" if credit is Credit.PARTIAL else "Không"
