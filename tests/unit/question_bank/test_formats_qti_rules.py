"""Rules people write into items by hand: what an answer earns is what the rules give."""

from decimal import Decimal

import pytest
from qti_items import BOX, CHOICE, accepted, branches, compared, correct, item, read

from question_bank.formats import qti
from question_bank.model import Credit

D = Decimal


def test_a_choice_scored_by_branches_alone():
    rules = branches((compared("match", "B"), 4), (compared("match", "C"), 1))
    question, problems = read(CHOICE, rules)
    assert [(option.correct, option.weight) for option in question.options] == [
        (False, None), (True, None), (False, D("0.25")), (False, None),
    ]  # fmt: skip
    assert (question.kind, question.points, problems) == ("single", 4, [])


def test_a_multiple_choice_scored_as_a_whole():
    question, problems = read(
        CHOICE, branches(('<match><variable identifier="RESPONSE"/><correct identifier="RESPONSE"/></match>', 1)),
        correct("A", "C"), "multiple",
    )  # fmt: skip
    assert (question.kind, question.key, question.credit, problems) == ("multiple", (0, 2), Credit.ALL_OR_NOTHING, [])


def test_scores_that_do_not_add_up_are_named():
    """One right option is worth nothing, two are worth half, three all."""
    contained = [f'<member><baseValue baseType="identifier">{one}</baseValue><variable identifier="RESPONSE"/></member>'
                 for one in "ABC"]  # fmt: skip
    rules = branches((f"<and>{''.join(contained)}</and>", 2), (f"<and>{''.join(contained[:2])}</and>", 1))
    question, problems = read(CHOICE, rules, correct("A", "B", "C"), "multiple")
    assert question.key == (0, 1, 2)
    assert "qti_scores_approximated" in problems


def test_scores_below_nothing_are_named():
    mapping = '<mapping defaultValue="-1"><mapEntry mapKey="A" mappedValue="2"/></mapping>'
    rules = '<setOutcomeValue identifier="SCORE"><mapResponse identifier="RESPONSE"/></setOutcomeValue>'
    question, problems = read(CHOICE, rules, mapping)
    assert [option.weight for option in question.options] == [None, D("-0.5"), D("-0.5"), D("-0.5")]
    assert problems == ["qti_scores_approximated"]


def test_a_text_whose_case_does_not_matter():
    rules = branches((compared("stringMatch", "Hà Nội", "string", caseSensitive="false"), 1))
    question, problems = read(BOX, rules, base_type="string")
    assert (question.kind, accepted(question), question.text_rules.case, problems) == (
        "short", [("Hà Nội", None, None)], False, [],
    )  # fmt: skip


def test_texts_whose_case_matters_for_some_only():
    mapping = """<mapping><mapEntry mapKey="Huế" mappedValue="1" caseSensitive="false"/>
<mapEntry mapKey="Vinh" mappedValue="1"/></mapping>"""
    rules = '<setOutcomeValue identifier="SCORE"><mapResponse identifier="RESPONSE"/></setOutcomeValue>'
    question, problems = read(BOX, rules, mapping, base_type="string")
    assert question.text_rules.case
    assert problems == ["qti_case_mixed"]


def test_a_text_that_only_has_to_occur():
    rules = branches((compared("stringMatch", "a*b", "string", caseSensitive="true", substring="true"), 1))
    assert accepted(read(BOX, rules, base_type="string")[0]) == [("*a\\*b*", None, None)]


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (compared("equal", "20", "float", toleranceMode="absolute", tolerance="2 2"), ("20", D(2))),
        (compared("equal", "20", "float", toleranceMode="relative", tolerance="5 5"), ("20", D(1))),
        (compared("equal", "20", "float", toleranceMode="absolute", tolerance="1 3"), ("21", D(2))),
        (compared("equal", "2.50", "float", toleranceMode="exact"), ("2.50", D(0))),
        (compared("equalRounded", "3.14", "float", roundingMode="decimalPlaces", figures="2"), ("3.14", D("0.005"))),
        (f"<and>{compared('gte', 10, 'float')}{compared('lte', 11, 'float')}</and>", ("10.5", D("0.5"))),
        (compared("match", "7", "integer"), ("7", D(0))),
    ],
)
def test_a_number_and_how_far_off_still_counts(condition, expected):
    question, problems = read(BOX, branches((condition, 1)), correct("7") if "match" in condition else "",
                              base_type="float")  # fmt: skip
    assert question.kind == "numerical"
    assert [(option.text, option.tolerance) for option in question.options] == [expected]
    assert problems == []


def test_a_table_turns_counts_into_scores():
    more = """<outcomeDeclaration identifier="POINTS" cardinality="single" baseType="float"><interpolationTable>
<interpolationTableEntry sourceValue="2" targetValue="5"/><interpolationTableEntry sourceValue="1" targetValue="1"/>
</interpolationTable></outcomeDeclaration>"""
    mapping = '<mapping><mapEntry mapKey="A" mappedValue="2"/><mapEntry mapKey="B" mappedValue="1"/></mapping>'
    rules = '<lookupOutcomeValue identifier="POINTS"><mapResponse identifier="RESPONSE"/></lookupOutcomeValue>'
    rules += '<setOutcomeValue identifier="SCORE"><variable identifier="POINTS"/></setOutcomeValue>'
    question, _problems = read(CHOICE, rules, mapping, more=more)
    assert (question.points, [option.weight for option in question.options]) == (5, [None, D("0.2"), None, None])


@pytest.mark.parametrize(
    "rules",
    [
        branches((compared("patternMatch", "A", pattern="A|B"), 1)),
        branches(("<customOperator/>", 1)),
        '<setOutcomeValue identifier="SCORE"><mapResponsePoint identifier="RESPONSE"/></setOutcomeValue>',
        '<setOutcomeValue identifier="SCORE"><sum/></setOutcomeValue>',
        "<setOutcomeValue/>",
        "<responseCondition><responseIf><match/></responseIf></responseCondition>",
        "<exitResponse/>" + branches((compared("match", "A"), 1)),
    ],
)
def test_rules_that_give_the_key_nothing_leave_the_declared_key(rules):
    question, problems = read(CHOICE, rules, correct("B"))
    assert question.key == (1,)
    assert problems == ["qti_scoring_not_understood"]


def test_a_template_that_is_not_known_leaves_the_declared_key():
    data = item(CHOICE, "", correct("B")).replace(b"</assessmentItem>", b'<responseProcessing template="a/my_own"/>'
                                                                        b"</assessmentItem>")  # fmt: skip
    result = qti.read(data)
    assert result.questions[0].question.key == (1,)
    assert [(problem.code, problem.params["found"]) for problem in result.problems] == [
        ("qti_scoring_not_understood", "my_own")
    ]


def test_rules_without_an_end_are_not_carried_out():
    deep = "<not>" * 100 + compared("match", "A") + "</not>" * 100
    long = branches(*[(compared("match", "A"), 1)] * 750)
    offered = "".join(f"<simpleChoice identifier='c{n}'>{n}</simpleChoice>" for n in range(60))
    wide = f"<choiceInteraction responseIdentifier='RESPONSE'>{offered}</choiceInteraction>"
    for rules, body in ((branches((deep, 1)), CHOICE), (long, wide)):
        _question, problems = read(body, rules, correct("B"))
        assert "qti_scoring_not_understood" in problems
