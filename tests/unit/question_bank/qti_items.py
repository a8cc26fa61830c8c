"""Items of QTI put together for tests."""

from question_bank.formats import qti

CHOICES = "".join(f'<simpleChoice identifier="{one}">ý {one}</simpleChoice>' for one in "ABCD")
CHOICE = f'<choiceInteraction responseIdentifier="RESPONSE" maxChoices="0">{CHOICES}</choiceInteraction>'
BOX = '<p><textEntryInteraction responseIdentifier="RESPONSE"/></p>'
TEMPLATE = "http://www.imsglobal.org/question/qti_v2p1/rptemplates"


def item(body, rules="", declared="", cardinality="single", base_type="identifier", more="", **attributes):
    named = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return f"""<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="i" title="Câu thử"{named}>
<responseDeclaration identifier="RESPONSE" cardinality="{cardinality}" baseType="{base_type}">{declared}
</responseDeclaration><outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/>{more}
<itemBody><p>Hỏi gì?</p>{body}</itemBody>{rules and f"<responseProcessing>{rules}</responseProcessing>"}
</assessmentItem>""".encode()


def read(*args, **kwargs):
    result = qti.read(item(*args, **kwargs))
    return result.questions[0].question, [problem.code for problem in result.problems]


def correct(*values):
    return "<correctResponse>" + "".join(f"<value>{value}</value>" for value in values) + "</correctResponse>"


def when(condition, score):
    scored = f'<setOutcomeValue identifier="SCORE"><baseValue baseType="float">{score}</baseValue></setOutcomeValue>'
    return f"{condition}{scored}"


def branches(*pairs):
    """``responseIf`` and ``responseElseIf`` in turn."""
    first, *others = (when(condition, score) for condition, score in pairs)
    rest = "".join(f"<responseElseIf>{one}</responseElseIf>" for one in others)
    return f"<responseCondition><responseIf>{first}</responseIf>{rest}</responseCondition>"


def compared(name, value, base_type="identifier", **attributes):
    named = "".join(f' {attribute}="{one}"' for attribute, one in attributes.items())
    constant = f'<baseValue baseType="{base_type}">{value}</baseValue>'
    return f'<{name}{named}><variable identifier="RESPONSE"/>{constant}</{name}>'


def accepted(question):
    return [(option.text, option.weight, option.tolerance) for option in question.options]
