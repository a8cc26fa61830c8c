"""A text file holding one question with embedded answers, as Moodle imports it ("Embedded answers (Cloze)").

Documented at docs.moodle.org, "Embedded Answers (Cloze) question type" and "Import questions".
"""

from dataclasses import replace

from question_bank.formats.collect import never_raises, result
from question_bank.formats.embedded_answers import gaps_in, is_embedded
from question_bank.formats.moodle_text import TextFormat, Texts, in_simplest_markup, text_in
from question_bank.model import Credit, Found, Problem, Question, ReadResult


@never_raises
def read(data: bytes) -> ReadResult:
    text, guessed = text_in(data)
    if not is_embedded(text):
        return result([], [*guessed, Problem("no_gaps", row=1, column="gaps")])
    question, problems = in_simplest_markup(lambda texts: cloze(text, TextFormat.MOODLE, texts))
    return result([Found(question, 1)], [*guessed, *(replace(problem, row=1) for problem in problems)])


def cloze(text: str, how: TextFormat, texts: Texts) -> Question:
    """The question a text with embedded answers makes; Moodle gives each gap its own points."""
    embedded = gaps_in(text, lambda part: texts.written(part, how))
    texts.problems += embedded.problems
    stem = texts.written(embedded.stem, how)
    return Question("cloze", stem, gaps=embedded.gaps, credit=Credit.PARTIAL, text_rules=embedded.text_rules)
