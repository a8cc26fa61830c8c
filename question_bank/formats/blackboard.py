"""The question pools of Blackboard 6: XML whose root is POOL, alone (.dat) or in the zip Blackboard exports."""

import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from question_bank.formats.archive import BadFile, member, open_package
from question_bank.formats.collect import never_raises, result
from question_bank.formats.html_media import Resolve
from question_bank.formats.ims_package import Files, manifest, xml_members
from question_bank.formats.qti12_parts import points_in
from question_bank.formats.qti12_scoring import LONGEST_COMMON, MOST_ANSWERS
from question_bank.formats.safe_xml import Element, child, children, line_of, parsed_or_repaired, tag, text_of
from question_bank.formats.shelf import Shelf
from question_bank.markup import as_html, as_text, simplest, stacked
from question_bank.model import Found, Markup, Option, Problem, Question, ReadResult, Severity
from question_bank.text import topic_path

_QUESTION = "QUESTION_"


@dataclass(frozen=True, slots=True)
class Pool:
    root: Element
    resolve: Resolve
    name: str = ""  # inside a package

    @property
    def topic(self) -> tuple[str, ...]:
        title = child(self.root, "TITLE")
        return topic_path("" if title is None else title.get("value", ""))

    @property
    def points(self) -> dict[str, str]:
        listed = (one for one in self.root.iter() if tag(one) == "QUESTION")
        return {one.get("id", ""): one.get("points", "") for one in listed}


@never_raises
def read(data: bytes) -> ReadResult:
    if data.startswith(b"PK"):
        with open_package(data) as archive:
            pools, problems = _pools(archive)
            return _read(pools, problems)
    root, repaired = parsed_or_repaired(data)
    return _read([Pool(root, lambda _address: None)], list(repaired))


def _pools(archive: zipfile.ZipFile) -> tuple[list[Pool], list[Problem]]:
    names, problems = xml_members(archive, manifest(archive))
    files, pools = Files(archive), []
    for name in names:
        try:
            data = member(archive, name)
            if data is None:
                raise BadFile("member_damaged", name=name[-100:])
            root, repaired = parsed_or_repaired(data, name)
        except BadFile as bad:
            problems.append(bad.problem)
            continue
        if tag(root) == "POOL":
            problems += repaired
            pools.append(Pool(root, files.resolver(name), name))
    return pools, problems


def _read(pools: list[Pool], problems: list[Problem]) -> ReadResult:
    found, number = [], 0
    for pool in pools:
        points = pool.points
        for element in (one for one in pool.root if tag(one).startswith(_QUESTION)):
            number += 1
            row = number if pool.name else line_of(element) or number
            question, said = _question(element, pool)
            problems += (one.at(row) for one in said)
            if question is not None:
                mark = points_in(points.get(element.get("id", ""), ""))
                found.append(Found(replace(question, points=mark), row))
    return result(found, problems)


def _question(element: Element, pool: Pool) -> tuple[Question | None, list[Problem]]:
    build = _BUILDERS.get(tag(element).removeprefix(_QUESTION))
    if build is None:
        params: dict[str, str | int] = {"found": tag(element)[:60], "title": element.get("id", "")[:60]}
        return None, [Problem("unsupported_type", Severity.ERROR, None, "kind", params)]
    made = _Question(element, Shelf(pool.resolve))
    question = replace(build(made), topic=pool.topic)
    return simplest(replace(question, media=tuple(made.shelf.media))), list(made.said())


class _Question:
    """One question of a pool, read part by part."""

    def __init__(self, element: Element, shelf: Shelf) -> None:
        body = child(element, "BODY")
        flags = [] if body is None else [one for one in body.iter() if tag(one) == "ISHTML"]
        self._is_html = all(flag.get("value") != "false" for flag in flags)
        self._gradable = child(element, "GRADABLE")
        self.shelf = shelf
        self.stem = "" if body is None else shelf.text(self._html(body))
        self.answers = children(element, "ANSWER")
        self.choices = children(element, "CHOICE")
        self._feedback = {name: self._told(f"FEEDBACK_WHEN_{name}") for name in ("CORRECT", "INCORRECT")}

    @property
    def key(self) -> list[tuple[str, str]]:
        """Ids of an answer and, in a matching, of its choice."""
        listed = [] if self._gradable is None else children(self._gradable, "CORRECTANSWER")
        return [(one.get("answer_id", ""), one.get("choice_id", "")) for one in listed]

    def text(self, element: Element, place: int | None = None) -> str:
        return self.shelf.text(self._html(element), place)

    def feedback(self, name: str) -> str:
        """Asked for once it has found its place; repeated with each answer, it may be neither long nor had by many."""
        if len(self.answers) > MOST_ANSWERS or len(self._feedback[name]) > LONGEST_COMMON:
            return ""
        return self.shelf.feedback(self._feedback.pop(name))

    def said(self) -> Iterator[Problem]:
        yield from self.shelf.problems
        lost = sum(bool(text.strip()) for text in self._feedback.values())
        if lost:
            yield Problem("feedback_ignored", Severity.WARNING, None, "feedback", {"found": lost})

    def _told(self, name: str) -> str:
        return "" if self._gradable is None else text_of(child(self._gradable, name))

    def _html(self, element: Element) -> str:
        text = text_of(child(element, "TEXT")).strip()
        return text if self._is_html else as_html(text)


def _single(made: _Question, kind: str = "single") -> Question:
    right = {answer for answer, _choice in made.key}
    common = {True: made.feedback("CORRECT"), False: made.feedback("INCORRECT")}
    options = []
    for place, answer in enumerate(made.answers):
        correct = answer.get("id", "") in right
        options.append(Option(made.text(answer, place), correct, feedback=common[correct]))
    return Question(kind, made.stem, tuple(options), markup=Markup.HTML)


def _true_false(made: _Question) -> Question:
    return _single(made, "true_false")


def _multiple(made: _Question) -> Question:
    right = {answer for answer, _choice in made.key}
    answers = enumerate(made.answers)
    options = tuple(Option(made.text(one, place), one.get("id", "") in right) for place, one in answers)
    return Question("multiple", made.stem, options, markup=Markup.HTML)


def _matching(made: _Question) -> Question:
    texts = {choice.get("id", ""): made.text(choice) for choice in made.choices}
    matches = dict(made.key)
    options = [
        Option(made.text(answer, place), match=texts.get(matches.get(answer.get("id", ""), ""), ""))
        for place, answer in enumerate(made.answers)
    ]
    used = {option.match for option in options}
    distractors = (Option("", match=text) for text in dict.fromkeys(texts.values()) if text and text not in used)
    return Question("matching", made.stem, (*options, *distractors), markup=Markup.HTML)


def _short(made: _Question) -> Question:
    feedback = made.feedback("CORRECT")
    texts = (as_text(made.text(answer)).replace("*", "\\*") for answer in made.answers)
    options = tuple(Option(text, correct=True, feedback=feedback) for text in texts)
    return Question("short", made.stem, options, markup=Markup.HTML)


def _essay(made: _Question) -> Question:
    """What stands as its answer is a model for those who mark it."""
    model = stacked(made.text(answer) for answer in made.answers)
    return Question("essay", made.stem, explanation=model, markup=Markup.HTML)


_BUILDERS: dict[str, Callable[[_Question], Question]] = {
    "TRUEFALSE": _true_false,
    "MULTIPLECHOICE": _single,
    "MULTIPLEANSWER": _multiple,
    "MATCH": _matching,
    "ESSAY": _essay,
    "FILLINBLANK": _short,
}
