"""Each kind of question as an interaction of QTI with its key and its rules."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from question_bank.answers import number_in
from question_bank.cloze import pieces
from question_bank.formats import qti_rules as rules
from question_bank.formats.qti_declarations import digits
from question_bank.formats.qti_pairs import SCHOOL_SHARES
from question_bank.formats.qti_xml import fill, plain, put, qti
from question_bank.formats.safe_xml import Element
from question_bank.model import Credit, Gap, Option, Question

ALL, NOTHING = Decimal(1), Decimal(0)
Offer = Callable[[str, int, str], Element]  # name of the element, position of the option, identifier


class Parts(NamedTuple):
    """What a kind adds to an item. ``template`` says the same as ``rules``, where there is one that does."""

    declarations: Sequence[Element]
    interaction: Element | None
    rules: Sequence[Element] = ()
    template: str = ""
    outcomes: Sequence[Element] = ()  # in place of SCORE and besides it
    gaps: Sequence[Element] = ()


def is_pattern(option: Option) -> bool:
    """Whether an accepted answer stands for many, which QTI has no key for."""
    return "*" in option.text.replace("\\*", "")


def choice(question: Question, offer: Offer, points: Decimal) -> Parts:
    identifiers = [f"A{place}" for place in range(1, len(question.options) + 1)]
    correct = [identifiers[place] for place in question.key]
    is_several = question.kind == "multiple"
    most = "1" if not is_several else str(len(correct)) if question.shows_count else "0"
    offered = (offer("simpleChoice", place, identifier) for place, identifier in enumerate(identifiers))
    interaction = qti("choiceInteraction", *offered, responseIdentifier="RESPONSE", shuffle="true", maxChoices=most)
    worths = _worths(question)
    mapping = {one: worth * points for one, worth in zip(identifiers, worths, strict=True)} if worths else None
    cardinality = "multiple" if is_several else "single"
    declared = rules.declaration("RESPONSE", "identifier", cardinality, correct, mapping, most=points)
    return _standard([declared], interaction, points, is_mapped=bool(worths))


def _worths(question: Question) -> list[Decimal]:
    """The share of each option as marking counts it; none where only the whole answer counts."""
    options, part = question.options, ALL / max(len(question.key), 1)
    if any(option.weight for option in options):
        return [(part if one.correct else NOTHING) if one.weight is None else one.weight for one in options]
    if question.credit is Credit.PARTIAL and question.kind == "multiple":
        return [part if one.correct else -part for one in options]
    return []


def _standard(declared: Sequence[Element], interaction: Element, points: Decimal, *, is_mapped: bool) -> Parts:
    name = rules.MAP_RESPONSE if is_mapped else rules.MATCH_CORRECT
    says_the_same = is_mapped or points == 1
    return Parts(declared, interaction, rules.standard(name, points), name if says_the_same else "")


def statements(question: Question, offer: Offer, points: Decimal) -> Parts:
    asked = {place: f"P{place + 1}" for place in range(len(question.options))}
    pairs = [f"{one} {'T' if question.options[place].correct else 'F'}" for place, one in asked.items()]
    columns = (("T", "Đúng"), ("F", "Sai"))
    answers = [qti("simpleAssociableChoice", text, identifier=one, matchMax="0") for one, text in columns]
    interaction = _match(offer, asked, answers)
    if question.credit is Credit.ALL_OR_NOTHING:
        declared = rules.declaration("RESPONSE", "directedPair", "multiple", pairs)
        return _standard([declared], interaction, points, is_mapped=False)
    if len(pairs) == len(SCHOOL_SHARES) - 1:
        return _by_school_table(pairs, interaction, points)
    return _pairs(pairs, [ALL / len(pairs)] * len(pairs), interaction, points)


def _by_school_table(pairs: Sequence[str], interaction: Element, points: Decimal) -> Parts:
    """Right statements are counted, and a table says what the count earns."""
    declared = rules.declaration("RESPONSE", "directedPair", "multiple", pairs, dict.fromkeys(pairs, ALL))
    rows = (
        qti("matchTableEntry", sourceValue=str(count), targetValue=digits(share * points))
        for count, share in enumerate(SCHOOL_SHARES)
    )
    score = rules.outcome("SCORE", "float", "0")
    score.append(qti("matchTable", *rows, defaultValue="0"))
    looked_up = qti("lookupOutcomeValue", qti("truncate", rules.mapped("RESPONSE")), identifier="SCORE")
    return Parts([declared], interaction, [looked_up], outcomes=[score])


def matching(question: Question, offer: Offer, points: Decimal) -> Parts:
    asked = {place: f"P{place + 1}" for place, option in enumerate(question.options) if option.text}
    names = {match: f"M{place}" for place, match in enumerate(question.matches, start=1)}
    answers = [fill(qti("simpleAssociableChoice", identifier=name, matchMax="0"), text) for text, name in names.items()]
    pairs = [f"{one} {names[question.options[place].match]}" for place, one in asked.items()]
    interaction = _match(offer, asked, answers)
    if question.credit is Credit.ALL_OR_NOTHING:
        declared = rules.declaration("RESPONSE", "directedPair", "multiple", pairs)
        return _standard([declared], interaction, points, is_mapped=False)
    even = ALL / max(len(pairs), 1)
    weights = [even if option.weight is None else option.weight for option in question.prompts]
    return _pairs(pairs, weights, interaction, points)


def _pairs(pairs: Sequence[str], weights: Sequence[Decimal], interaction: Element, points: Decimal) -> Parts:
    worths = {pair: weight * points for pair, weight in zip(pairs, weights, strict=True)}
    declared = rules.declaration("RESPONSE", "directedPair", "multiple", pairs, worths, most=points)
    return _standard([declared], interaction, points, is_mapped=True)


def _match(offer: Offer, asked: Mapping[int, str], answers: Sequence[Element]) -> Element:
    first = [offer("simpleAssociableChoice", place, identifier) for place, identifier in asked.items()]
    for one in first:
        one.set("matchMax", "1")
    sets = (qti("simpleMatchSet", *first), qti("simpleMatchSet", *answers))
    most = str(len(first))
    return qti("matchInteraction", *sets, responseIdentifier="RESPONSE", shuffle="true", maxAssociations=most)


def ordering(question: Question, offer: Offer, points: Decimal) -> Parts:
    identifiers = [f"S{place}" for place in range(1, len(question.options) + 1)]
    offered = (offer("simpleChoice", place, identifier) for place, identifier in enumerate(identifiers))
    interaction = qti("orderInteraction", *offered, responseIdentifier="RESPONSE", shuffle="true")
    declared = rules.declaration("RESPONSE", "identifier", "ordered", identifiers)
    if question.credit is Credit.ALL_OR_NOTHING:
        return _standard([declared], interaction, points, is_mapped=False)
    return Parts([declared], interaction, [*_counted(identifiers), _share_of(len(identifiers), points)])


def _counted(identifiers: Sequence[str]) -> Iterator[Element]:
    for place, identifier in enumerate(identifiers, start=1):
        there = qti("index", rules.variable("RESPONSE"), n=str(place))
        is_right = qti("match", there, rules.constant(identifier, "identifier"))
        one_more = qti("sum", rules.variable("SCORE"), rules.constant(ALL))
        yield rules.when(is_right, rules.set_to("SCORE", one_more))


def _share_of(count: int, points: Decimal) -> Element:
    return rules.set_to("SCORE", rules.scaled(rules.variable("SCORE"), points, Decimal(max(count, 1))))


def essay(question: Question, _offer: Offer, _points: Decimal) -> Parts:
    """Limits of words stand in the pattern, for QTI has no other place."""
    interaction = qti("extendedTextInteraction", responseIdentifier="RESPONSE")
    least, most = question.words.least, question.words.most
    if (least, most) != (None, None):
        limits = f"{least or 0},{'' if most is None else most}"
        interaction.set("patternMask", rf"^\s*(?:\S+(?:\s+|$)){{{limits}}}$")
    return Parts([rules.declaration("RESPONSE", "string", "single", ())], interaction)


def typed(question: Question, _offer: Offer, points: Decimal) -> Parts:
    box = plain("p", qti("textEntryInteraction", responseIdentifier="RESPONSE"))
    if question.kind == "numerical":
        declared, found = _numbers("RESPONSE", "SCORE", question.options, points)
        return Parts([declared], box, found)
    declared = _texts("RESPONSE", question.options, points, heeds_case=question.text_rules.case)
    return _standard([declared], box, points, is_mapped=True)


def _texts(response: str, options: Sequence[Option], points: Decimal, *, heeds_case: bool) -> Element:
    worths = {one.text.replace("\\*", "*"): _worth(one) * points for one in options if not is_pattern(one)}
    best = [max(worths, key=lambda text: worths[text])] if worths else []
    return rules.declaration(response, "string", "single", best, worths, heeds_case=heeds_case)


def _numbers(response: str, score: str, options: Sequence[Option], points: Decimal) -> tuple[Element, list[Element]]:
    """Each accepted number is a rule; the best of those that fit counts."""
    known = [(value, one) for one in options if (value := number_in(one.text)) is not None]
    found = []
    for value, option in known:
        earned = qti("max", rules.variable(score), rules.constant(_worth(option) * points))
        found.append(rules.when(accepts_number(response, value, option), rules.set_to(score, earned)))
    best = [digits(max(known, key=lambda one: _worth(one[1]))[0])] if known else []
    return rules.declaration(response, "float", "single", best), found


def accepts_number(response: str, value: Decimal, option: Option) -> Element:
    condition = qti("equal", rules.variable(response), rules.constant(value), toleranceMode="exact")
    if option.tolerance:
        condition.set("toleranceMode", "absolute")
        condition.set("tolerance", " ".join([digits(option.tolerance)] * 2))
    return condition


def _worth(option: Option) -> Decimal:
    if option.weight is not None:
        return option.weight
    return ALL if option.correct else NOTHING


def cloze(question: Question, _offer: Offer, points: Decimal) -> Parts:
    """Each gap earns its share in an outcome of its own; together they make the score."""
    heeds_case = question.text_rules.case
    written = [_gap(number, gap, heeds_case=heeds_case) for number, gap in enumerate(question.gaps, start=1)]
    names = [f"GAP{number}" for number in range(1, len(written) + 1)]
    earned = [rule for one in written for rule in one.rules]
    return Parts(
        [declared for one in written for declared in one.declarations],
        None,
        [*earned, _together(question, names, points)],
        outcomes=[rules.outcome(name, "float", "0") for name in names],
        gaps=[one.interaction for one in written if one.interaction is not None],
    )


def _together(question: Question, names: Sequence[str], points: Decimal) -> Element:
    if question.credit is Credit.ALL_OR_NOTHING:
        full = (qti("gte", rules.variable(name), rules.constant(ALL)) for name in names)
        return rules.when(qti("and", *full), rules.set_to("SCORE", rules.constant(points)))
    whole = sum((gap.weight for gap in question.gaps), NOTHING) or ALL
    parts = (
        qti("product", rules.variable(name), rules.constant(gap.weight))
        for name, gap in zip(names, question.gaps, strict=True)
    )
    return rules.set_to("SCORE", rules.scaled(qti("sum", *parts), points, whole))


def _gap(number: int, gap: Gap, *, heeds_case: bool) -> Parts:
    response, score = f"RESPONSE{number}", f"GAP{number}"
    box = qti("textEntryInteraction", responseIdentifier=response)
    if gap.kind == "numerical":
        declared, found = _numbers(response, score, gap.options, ALL)
        return Parts([declared], box, found)
    earned = [rules.set_to(score, rules.mapped(response))]
    if gap.kind == "short":
        return Parts([_texts(response, gap.options, ALL, heeds_case=heeds_case)], box, earned)
    identifiers = [f"A{place}" for place in range(1, len(gap.options) + 1)]
    offered = [
        fill(qti("inlineChoice", identifier=one), option.text)
        for one, option in zip(identifiers, gap.options, strict=True)
    ]
    worths = {one: _worth(option) for one, option in zip(identifiers, gap.options, strict=True)}
    correct = [one for one, option in zip(identifiers, gap.options, strict=True) if option.correct]
    declared = rules.declaration(response, "identifier", "single", correct[:1], worths)
    drop_down = qti("inlineChoiceInteraction", *offered, responseIdentifier=response, shuffle="false")
    return Parts([declared], drop_down, earned)


def stem(question: Question, gaps: Sequence[Element]) -> Element:
    """The stem, in a cloze with its gaps in their places."""
    body = fill(plain("div", class_="stem"), question.stem)
    if gaps:
        for element in list(body.iter()):
            _put_gaps(element, gaps)
    return body


def _put_gaps(element: Element, gaps: Sequence[Element]) -> None:
    """Marks in the element's own text and in what follows each of its children."""
    children, texts = list(element), [element.text or "", *(child.tail or "" for child in element)]
    element.text = None
    for child in children:
        child.tail = None
        element.remove(child)
    for place, text in enumerate(texts):
        if place:
            element.append(children[place - 1])
        for piece in pieces(text):
            is_gap = isinstance(piece, int) and 1 <= piece <= len(gaps)
            put(element, gaps[piece - 1] if is_gap and isinstance(piece, int) else _words(piece))


def _words(piece: str | int) -> str:
    return piece if isinstance(piece, str) else f"[[{piece}]]"


KINDS: dict[str, Callable[[Question, Offer, Decimal], Parts]] = {
    "single": choice,
    "multiple": choice,
    "true_false": choice,
    "statements": statements,
    "short": typed,
    "numerical": typed,
    "matching": matching,
    "ordering": ordering,
    "cloze": cloze,
    "essay": essay,
}
