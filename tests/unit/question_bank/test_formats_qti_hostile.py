"""Files of QTI meant to hurt: nothing of them runs, nothing is fetched, and reading ends."""

import io
import random
import time
import zipfile

import pytest
from builders import questions_of_every_kind, rich_questions, sample
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from question_bank.formats import qti
from question_bank.formats.registry import FORMATS

HOSTILE = ["qti-sdk/hostile_markup/php_highjacking_1.xml", "qti-sdk/hostile_markup/script_highjacking_1.xml"]
ATTACKS = [
    "<script>alert(1)</script>", '<img src="x" onerror="alert(1)"/>', '<a href="javascript:alert(1)">x</a>',
    '<iframe src="//x"></iframe>', "<svg onload='alert(1)'/>", "&lt;script&gt;alert(1)&lt;/script&gt;",
    '<p style="background:url(//x)" onclick="alert(1)">x</p>', "<![CDATA[<script>alert(1)</script>]]>",
    "<math><annotation-xml encoding='text/html'><script>alert(1)</script></annotation-xml></math>",
    "<object data='//x'><script>alert(1)</script></object>", "<b>x</b><style>*{}</style><![CDATA[<?php echo 1; ?>]]>",
]  # fmt: skip


def item(stem="", option="", feedback="", title="x"):
    return f"""<assessmentItem title="{title}"><responseDeclaration identifier="RESPONSE" baseType="identifier"
cardinality="single"><correctResponse><value>a</value></correctResponse></responseDeclaration><itemBody>{stem}
<choiceInteraction responseIdentifier="RESPONSE"><prompt>{stem}</prompt><simpleChoice identifier="a">{option}<b>a</b>
<feedbackInline>{feedback}</feedbackInline></simpleChoice><simpleChoice identifier="b">b</simpleChoice>
</choiceInteraction></itemBody><responseProcessing template="/match_correct"/><modalFeedback outcomeIdentifier="x"
identifier="y" showHide="hide">{feedback}</modalFeedback></assessmentItem>""".encode()


def written(question):
    options = [text for one in question.options for text in (one.text, one.feedback, one.match)]
    return [question.stem, question.explanation, question.situation, *options]


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_that_runs_is_left_of_formatted_texts(attack):
    question = qti.read(item("<b>đậm</b>" + attack, attack, attack)).questions[0].question
    assert question.markup == "html"
    for text in written(question):
        tree = etree.fromstring(f"<div>{text.replace('<br>', '<br/>')}</div>")
        assert {element.tag for element in tree.iter()} <= {"div", "b", "p", "br", "math"}
        assert [element.attrib for element in tree.iter() if element.attrib] == []


@pytest.mark.parametrize("path", HOSTILE)
def test_what_stands_as_text_stays_text(path):
    body = etree.fromstring(sample(path))
    inside = "".join(etree.tostring(one, encoding="unicode", with_tail=False) for one in body.iterchildren("{*}div"))
    question = qti.read(item("<b>đậm</b>" + inside)).questions[0].question
    assert "&lt;?php" in question.stem or "&lt;script" in question.stem
    assert "<?" not in question.stem
    assert "<script" not in question.stem


@pytest.mark.parametrize(
    "data",
    [
        b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><assessmentItem>&b;</assessmentItem>',
        b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><assessmentItem><itemBody>&f;</itemBody></assessmentItem>',
    ],
)
def test_declared_entities_are_refused(data):
    assert [problem.code for problem in qti.read(data).problems] == ["unsafe_xml"]


def test_a_package_that_leaves_its_folder_is_refused():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("../x.xml", item())
    assert [problem.code for problem in qti.read(stream.getvalue()).problems] == ["path_traversal"]


def test_an_address_outside_the_package_finds_nothing():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("i/x.xml", item('<img src="../../../etc/passwd"/><img src="http://x/y.png"/>'))
    read = qti.read(stream.getvalue())
    assert read.questions[0].question.media == ()
    assert [problem.code for problem in read.problems].count("media_missing") == 2


def test_reading_a_long_or_deep_item_ends_soon():
    many = "".join(f"<simpleChoice identifier='c{n}'>c</simpleChoice> " for n in range(60_000))
    deep = "<div>" * 240 + "x" + "</div>" * 240
    gaps = "<p>a <textEntryInteraction responseIdentifier='RESPONSE'/> b</p>" * 4000
    started = time.perf_counter()
    for stem in (many, deep, gaps, "<p/>" * 60_000, "<feedbackBlock>x</feedbackBlock>" * 4000):
        read = qti.read(item(stem))
        assert read.questions or read.problems
    assert time.perf_counter() - started < 20


def originals():
    for name in ("qti21", "qti30"):
        data = FORMATS[name].write(rich_questions() + questions_of_every_kind()).data
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield from (archive.read(name) for name in archive.namelist() if name.startswith("items/"))


ITEMS = list(originals())
VALUES = ["", "0", "-1", "1e400", "NaN", "A B", "99999999999999", "ordered", "multiple", "single", "float", "pair",
          "directedPair", "absolute", "1 2 3", "RESPONSE", "SCORE", "*"]  # fmt: skip


def spoiled(data, seed):
    """The item with a few of its elements taken away, renamed, repeated or filled with something else."""
    chance, root = random.Random(seed), etree.fromstring(data)
    for _ in range(chance.randint(1, 6)):
        elements = list(root.iter(etree.Element))
        one, other, way = chance.choice(elements), chance.choice(elements), chance.random()
        if way < 0.3 and one is not root:
            one.getparent().remove(one)
        elif way < 0.6 and one.attrib:
            one.set(chance.choice(list(one.attrib)), chance.choice(VALUES))
        elif way < 0.8:
            one.text = chance.choice(VALUES)
        elif way < 0.9:
            other.append(etree.fromstring(etree.tostring(one, with_tail=False)))
        else:
            one.tag = other.tag
    return etree.tostring(root)


@settings(max_examples=300)
@given(st.sampled_from(ITEMS), st.integers(0, 10**9))
def test_no_spoiled_item_makes_the_reader_raise(data, seed):
    read = qti.read(spoiled(data, seed))
    assert read.questions or read.problems


@settings(max_examples=100)
@given(st.binary(max_size=200), st.sampled_from([b"", b"PK\x03\x04", b"<assessmentItem>", b"\xff\xfe<"]))
def test_no_bytes_make_the_reader_raise(data, start):
    read = qti.read(start + data)
    assert read.problems
