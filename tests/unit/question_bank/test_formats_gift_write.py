"""Writing GIFT: what it cannot hold is named, and no text is taken for a sign."""

import pytest
from builders import sample
from gift_samples import WITH_OPINION
from hypothesis import assume, given
from hypothesis import strategies as st
from round_trips import assert_nothing_unnamed_is_lost, every_question

from question_bank.formats import gift, gift_write
from question_bank.markup import as_html, cleaned
from question_bank.model import Markup, Option, Question, Severity
from question_bank.text import clean


def test_writing_loses_only_what_it_names():
    again = assert_nothing_unnamed_is_lost(every_question(), gift_write.write, gift.read)
    assert not [problem for problem in again.problems if problem.code.startswith("gift")]


@pytest.mark.parametrize("path", [*WITH_OPINION, "moodle/gift/testexport.gift.txt"])
def test_the_samples_survive_writing_and_reading(path):
    questions = [found.question for found in gift.read(sample(path)).questions]
    assert_nothing_unnamed_is_lost(questions, gift_write.write, gift.read)


def test_what_cannot_be_written_is_named():
    cloze, prediction = (q for q in every_question() if q.kind in ("cloze", "prediction"))
    problems = gift_write.write([cloze, prediction]).problems
    assert [(p.code, p.severity, p.row) for p in problems] == [
        ("kind_not_in_format", Severity.ERROR, 1),
        ("kind_not_in_format", Severity.ERROR, 2),
    ]


TEXTS = st.text(alphabet="ab{}=~#:%>-\\\n/[]<&;.nT$", min_size=1, max_size=12).map(clean).filter(bool)


@given(
    stem=TEXTS, title=TEXTS, texts=st.lists(TEXTS, min_size=2, max_size=4, unique=True), markup=st.sampled_from(Markup)
)
@pytest.mark.parametrize("kind", ["single", "short", "matching", "ordering", "essay"])
def test_no_text_is_taken_for_a_sign(kind, stem, title, texts, markup):
    """The match of a pair is plain text in GIFT, even beside HTML: blank lines of it are not kept there."""
    assume(not (kind == "matching" and any("\n\n" in text for text in texts)))
    how = as_html_of if markup is Markup.HTML else str
    options = {
        "single": [Option(how(text), n == 0, feedback=how(stem)) for n, text in enumerate(texts)],
        "short": [Option(text, True, feedback=how(stem)) for text in texts],
        "matching": [Option(how(text), match=how(text)) for text in texts],
        "ordering": [Option(how(text)) for text in texts],
        "essay": [],
    }[kind]
    question = Question(
        kind, how(stem) + ("<b>x</b>" if markup is Markup.HTML else ""), tuple(options),
        title=" ".join(title.split()), explanation=how(stem), markup=markup,
    )  # fmt: skip
    assert_nothing_unnamed_is_lost([question], gift_write.write, gift.read)


def as_html_of(text):
    return cleaned(as_html(text))


def test_a_yes_and_no_of_other_words_becomes_a_choice_and_is_named():
    question = Question("true_false", "Có không?", (Option("Có", True), Option("Không")))
    assert_nothing_unnamed_is_lost([question], gift_write.write, gift.read)
    assert "kind" in {problem.column for problem in gift_write.write([question]).problems}


def test_numbers_tags_and_topics_are_kept_whatever_they_hold():
    question = Question("essay", "Hỏi", code="a]b", tags=("c\\", "[d]"), topic=("e/f", "/g", "h"), title="i::j")
    assert gift.read(gift_write.write([question]).data).questions[0].question == question


def test_an_answer_that_would_make_pairs_is_named():
    arrow = Question("short", "Viết dấu mũi tên", (Option("->", True),))
    written = gift_write.write([arrow])
    assert [(p.code, p.row, p.column) for p in written.problems][-1] == ("text_not_in_format", 1, "key")
    assert written.data.strip() == b""
