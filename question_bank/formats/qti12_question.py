"""Items of QTI 1.2 as questions, one builder for each kind."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal

from question_bank.answers import number_in
from question_bank.formats.qti12_build import Builder, share
from question_bank.formats.qti12_item import Item, blanks, kind_of, marked_stem
from question_bank.formats.qti12_parts import Label, Response, plain
from question_bank.formats.qti12_scoring import FULL, MOST_ANSWERS, Condition, Test
from question_bank.markup import as_text, simplest, stacked
from question_bank.model import Credit, Gap, Markup, Option, Question, TextRules
from question_bank.text import clean, fold


def question_of(build: Builder, situation: str = "", topic: tuple[str, ...] = ()) -> Question:
    """:raises Unsupported: when its responses fit no kind."""
    kind, item = kind_of(build.item), build.item
    stem = build.shelf.text(item.stem) if kind != "cloze" else ""
    made = _BUILDERS[kind](build, Question(kind, stem, markup=Markup.HTML))
    return simplest(
        replace(
            made, title=clean(item.title), points=item.points, topic=topic, situation=situation,
            explanation=build.shelf.feedback(item.feedback.general()), media=tuple(build.shelf.media),
            credit=item.credit(made.credit),
        )
    )  # fmt: skip


def _single(build: Builder, question: Question) -> Question:
    response = build.item.responses[0]
    scores = build.item.scores.get(response.ident, {})
    most = max(scores.values(), default=Decimal(0))
    options = []
    labels = build.shown(response)
    is_common = len(labels) <= MOST_ANSWERS
    for place, label in enumerate(labels):
        score = scores.get(label.ident, Decimal(0))
        correct = most > 0 and score == most
        options.append(
            Option(
                build.shelf.text(label.html, place), correct, label.fixed,
                weight=None if correct or not score else share(score, most if most > 0 else FULL),
                feedback=build.feedback(response.ident, label.ident, when_right=correct if is_common else None),
            )
        )  # fmt: skip
    return replace(question, options=tuple(options))


def _multiple(build: Builder, question: Question) -> Question:
    response, item = build.item.responses[0], build.item
    whole = next((one for one in item.conditions if one.is_right and len(one.tests) > 1), None)
    if whole is not None:
        right = {test.value for test in whole.positive}
        scores: dict[str, Decimal] = {}
    else:
        scores = item.scores.get(response.ident, {})
        right = {value for value, score in scores.items() if score > 0}
    credit = item.credit(Credit.PARTIAL if scores else Credit.ALL_OR_NOTHING)
    if credit is Credit.ALL_OR_NOTHING:
        scores = {}
    full = sum((score for score in scores.values() if score > 0), Decimal(0))
    options = tuple(
        Option(
            build.shelf.text(label.html, place), label.ident in right, label.fixed,
            weight=share(scores[label.ident], full) if scores.get(label.ident) and full else None,
            feedback=build.feedback(response.ident, label.ident),
        )
        for place, label in enumerate(build.shown(response))
    )  # fmt: skip
    return replace(question, options=options, credit=credit)


def _matching(build: Builder, question: Question) -> Question:
    item, options = build.item, []
    prompts = [response for response in item.responses if not build.shelf.is_blank(response.html)]
    build.left_out(len(item.responses) - len(prompts))
    best = [max(item.scores.get(one.ident, {}).values(), default=Decimal(0)) for one in prompts]
    for place, (response, most) in enumerate(zip(prompts, best, strict=True)):
        scores = item.scores.get(response.ident, {})
        match = next((one for one in response.labels if most > 0 and scores.get(one.ident) == most), None)
        options.append(
            Option(
                build.shelf.text(response.html, place),
                weight=None if len(set(best)) == 1 else share(most, sum(best, Decimal(0))),
                feedback=build.feedback(response.ident, match.ident if match else ""),
                match=build.shelf.text(match.html, place) if match else "",
            )
        )
    options = build.without_copies(options)
    options += _distractors(build, prompts, {option.match for option in options})
    several = sum(condition.is_right for condition in item.conditions) > 1
    credit = Credit.PARTIAL if several else Credit.ALL_OR_NOTHING
    return replace(question, options=tuple(options), credit=credit)


def _distractors(build: Builder, prompts: list[Response], used: set[str]) -> Iterator[Option]:
    offered = dict.fromkeys(label.html for response in prompts for label in response.labels)
    for html in offered:
        if not build.shelf.is_blank(html) and (text := build.shelf.text(html)) not in used:
            yield Option("", match=text)


def _ordering(build: Builder, question: Question) -> Question:
    """Left without its steps, and so in error, where the conditions do not order all of them."""
    response = build.item.responses[0]
    told = next((one.positive for one in build.item.conditions if one.is_right), ())
    order = [test.value for test in told if test.respident == response.ident]
    labels = {label.ident: label for label in response.labels}
    if sorted(order) != sorted(labels):
        return question
    options = tuple(
        Option(build.shelf.text(labels[ident].html, place), feedback=build.feedback(response.ident, ident))
        for place, ident in enumerate(order)
    )
    return replace(question, options=options)


def _short(build: Builder, question: Question) -> Question:
    response = build.item.responses[0]
    rules = _text_rules(build.item.tests.get(response.ident, []))
    common = len(build.item.tests.get(response.ident, [])) <= 4 * MOST_ANSWERS
    return replace(question, options=tuple(_typed(build, response.ident, common=common)), text_rules=rules)


def _text_rules(tests: list[tuple[Condition, Test]]) -> TextRules:
    return TextRules(case=bool(tests) and all(test.case for _condition, test in tests))


def _typed(build: Builder, respident: str, *, common: bool = False) -> Iterator[Option]:
    """The accepted answers; an answer that only has feedback comes in as worth nothing."""
    scores = build.item.scores.get(respident, {})
    most = max(scores.values(), default=Decimal(0))
    tested = dict.fromkeys(
        test.value for _condition, test in build.item.tests.get(respident, []) if test.name == "varequal"
    )
    for value in tested:
        score = max(scores.get(value, Decimal(0)), Decimal(0))
        feedback = build.feedback(respident, value, when_right=True if common and score else None)
        weight = None if score == most else share(score, most)
        yield Option(_accepted(value), score > 0, weight=weight, feedback=feedback)


def _accepted(text: str) -> str:
    """A star in QTI is only a star."""
    return clean(text).replace("*", "\\*")


def _numerical(build: Builder, question: Question) -> Question:
    response = build.item.responses[0]
    common = len(build.item.tests.get(response.ident, [])) <= 4 * MOST_ANSWERS
    return replace(question, options=tuple(_numbers(build, response.ident, common=common)))


def _numbers(build: Builder, respident: str, *, common: bool = False) -> Iterator[Option]:
    by_condition: dict[Condition, list[Test]] = {}
    for condition, test in build.item.tests.get(respident, []):
        if condition.is_right:
            by_condition.setdefault(condition, []).append(test)
    most = max((one.score or Decimal(0) for one in by_condition), default=Decimal(0))
    for condition, tests in by_condition.items():
        weight = None if condition.score == most else share(condition.score or Decimal(0), most)
        own = build.linked(condition.links) or next(
            filter(None, (build.feedback(respident, t.value) for t in tests)), ""
        )
        feedback = stacked([own, build.linked((), when_right=True if common else None)])
        yield from (replace(one, weight=weight, feedback=feedback) for one in _ranges(tests))


def _ranges(tests: list[Test]) -> Iterator[Option]:
    """Accepted numbers, as far off as the margin or the bounds beside them allow; without one the bounds' middle."""
    lows = [n for test in tests if test.name.startswith("vargt") and (n := number_in(test.value)) is not None]
    highs = [n for test in tests if test.name.startswith("varlt") and (n := number_in(test.value)) is not None]
    exact = [test for test in tests if test.name == "varequal"]
    for test in exact:
        value = number_in(test.value)
        if value is None:
            yield Option(test.value, correct=True)  # named as no number by the checks
            continue
        margin = abs(value) * test.margin / 100 if test.is_percent and test.margin else test.margin
        off = [abs(value - bound) for bound in (*lows[:1], *highs[:1])] if len(exact) == 1 else []
        yield _number(value, margin if margin is not None else max(off, default=Decimal(0)))
    if not exact and lows and highs:
        yield _number((lows[0] + highs[0]) / 2, abs(highs[0] - lows[0]) / 2)


def _number(value: Decimal, tolerance: Decimal) -> Option:
    return Option(str(plain(value)), correct=True, tolerance=plain(tolerance) if tolerance else None)


def _essay(_build: Builder, question: Question) -> Question:
    return question


def _cloze(build: Builder, question: Question) -> Question:
    stem, places = marked_stem(build.item, blanks(build.item))
    gaps = [_gap(build, respident, response) for respident, response in places]
    best = [max(build.item.scores.get(respident, {}).values(), default=Decimal(0)) for respident, _ in places]
    least = min((score for score in best if score > 0), default=Decimal(1))
    weights = [share(score, least, Decimal("0.001")) if score > 0 else Decimal(1) for score in best]
    together = any(len({test.respident for test in one.positive}) > 1 for one in build.item.conditions if one.is_right)
    typed = [respident for (respident, _response), gap in zip(places, gaps, strict=True) if gap.kind == "short"]
    tests = [pair for respident in typed for pair in build.item.tests.get(respident, [])]
    return replace(
        question,
        stem=build.shelf.text(stem),
        gaps=tuple(replace(gap, weight=weight) for gap, weight in zip(gaps, weights, strict=True)),
        credit=Credit.ALL_OR_NOTHING if together else Credit.PARTIAL,
        text_rules=_text_rules(tests),
    )


def _gap(build: Builder, respident: str, response: Response | None) -> Gap:
    if response is not None and response.is_number:
        return Gap("numerical", tuple(_numbers(build, respident)))
    if response is None or not any(label.html.strip() for label in response.labels):
        return Gap("short", tuple(_typed(build, respident)))
    labels = build.shown(response)
    if _is_typed(build.item, labels):
        return Gap("short", tuple(_written(build, respident, labels)))
    scores = build.item.scores.get(respident, {})
    most = max(scores.values(), default=Decimal(0))
    options = tuple(
        Option(
            build.shelf.text(label.html), most > 0 and scores.get(label.ident) == most,
            feedback=build.feedback(respident, label.ident),
        )
        for label in labels
    )  # fmt: skip
    return Gap("single", options)


def _is_typed(item: Item, labels: list[Label]) -> bool:
    """Labels are answers people may type, not a list to choose from: so declared, or all spellings of one word."""
    told = {label.answer_type for label in labels if label.answer_type}
    if told:
        return told == {"openEntry"}
    return item.declared == "fill_in_multiple_blanks_question" or len({fold(as_text(one.html)) for one in labels}) == 1


def _written(build: Builder, respident: str, labels: list[Label]) -> Iterator[Option]:
    """Canvas gives points for the first answer alone and accepts all."""
    scores = build.item.scores.get(respident, {})
    most = max(scores.values(), default=Decimal(0))
    for label in labels:
        score = scores.get(label.ident, most)
        feedback = build.feedback(respident, label.ident)
        weight = None if score == most else share(score, most)
        yield Option(_accepted(as_text(label.html)), correct=True, weight=weight, feedback=feedback)


_BUILDERS: dict[str, Callable[[Builder, Question], Question]] = {
    "single": _single,
    "true_false": _single,
    "multiple": _multiple,
    "matching": _matching,
    "ordering": _ordering,
    "short": _short,
    "numerical": _numerical,
    "essay": _essay,
    "cloze": _cloze,
}
