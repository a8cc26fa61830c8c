"""A package of QTI 1.2 as Canvas writes it: manifest, settings of the quiz, its items, and their media beside them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from urllib.parse import quote

from lxml import etree

from question_bank.formats.archive import packed, safe_name
from question_bank.formats.losses import losses
from question_bank.formats.qti12_items import QTI, add, begun, item, stimulus
from question_bank.formats.safe_xml import Element
from question_bank.markup import in_html
from question_bank.model import Media, Problem, Question, Severity, Written

_KINDS = ("single", "multiple", "true_false", "short", "numerical", "matching", "ordering", "cloze", "essay")
_NO_PLACE = ("code", "level", "legal_basis", "tags", "shows_count", "text_rules", "words")
_NAME = "questions"  # of the quiz: the folder, the file and its ident
_MEDIA_FOLDER = "web_resources"
_CANVAS = "http://canvas.instructure.com/xsd/cccv1p0"
_PACKAGE = "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"
_EXTRA = "associatedcontent/imscc_xmlv1p1/learning-application-resource"


def write(questions: Sequence[Question]) -> Written:
    files: dict[str, bytes] = {}
    root = begun("questestinterop", QTI)
    section = add(add(root, "assessment", ident=_NAME, title=_title(questions)), "section", ident="root_section")
    situations: dict[str, str] = {}
    for number, question in enumerate(questions, start=1):
        if question.kind in _KINDS:
            _put(section, number, question, situations, files)
    parts = {
        "imsmanifest.xml": _manifest(files),
        f"{_NAME}/assessment_meta.xml": _settings(_title(questions)),
        f"{_NAME}/{_NAME}.xml": root,
    }
    return Written(packed({name: _bytes(part) for name, part in parts.items()} | files), tuple(_lost(questions)))


def _put(
    section: Element, number: int, question: Question, situations: dict[str, str], files: dict[str, bytes]
) -> None:
    shown = in_html(question)
    if shown.situation and shown.situation not in situations:
        situations[shown.situation] = f"s{len(situations) + 1}"
        section.append(stimulus(situations[shown.situation], shown.situation))
    tags: dict[int | None, str] = {}
    for place, media in enumerate(shown.media):
        name = f"q{number}/{place}/{safe_name(media.name)}"
        files[f"{_MEDIA_FOLDER}/{name}"] = media.data
        tags[media.place] = tags.get(media.place, "") + _tag(media, name)
    section.append(item(f"q{number}", shown, situations.get(shown.situation, ""), tags))


def _tag(media: Media, name: str) -> str:
    kind = media.media_type.partition("/")[0]
    element = etree.Element("img" if kind == "image" else kind, src=f"$IMS-CC-FILEBASE$/{quote(name)}")
    if kind == "image":
        element.set("alt", media.alt)
    else:
        element.set("controls", "controls")
    return etree.tostring(element, method="html", encoding="unicode")


def _title(questions: Sequence[Question]) -> str:
    topics = {question.topic[0] for question in questions if question.topic}
    return topics.pop() if len(topics) == 1 else "Ngân hàng câu hỏi"


def _manifest(files: dict[str, bytes]) -> Element:
    root = begun("manifest", _PACKAGE, identifier="questions_manifest")
    about = add(root, "metadata")
    add(about, "schema", "IMS Content")
    add(about, "schemaversion", "1.1.3")
    add(root, "organizations")
    resources = add(root, "resources")
    quiz = add(resources, "resource", identifier=_NAME, type="imsqti_xmlv1p2")
    add(quiz, "file", href=f"{_NAME}/{_NAME}.xml")
    add(quiz, "dependency", identifierref=f"{_NAME}_settings")
    settings = f"{_NAME}/assessment_meta.xml"
    extra = add(resources, "resource", identifier=f"{_NAME}_settings", type=_EXTRA, href=settings)
    add(extra, "file", href=settings)
    for number, name in enumerate(files, start=1):
        media = add(resources, "resource", identifier=f"media{number}", type="webcontent", href=quote(name))
        add(media, "file", href=quote(name))
    return root


def _settings(title: str) -> Element:
    root = begun("quiz", _CANVAS, identifier=_NAME)
    add(root, "title", title)
    add(root, "quiz_type", "assignment")
    return root


def _bytes(root: Element) -> bytes:
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def _lost(questions: Sequence[Question]) -> Iterator[Problem]:
    """Case is kept, so it is no loss; a star that stands for anything is nothing QTI knows."""
    kept = [replace(question, text_rules=replace(question.text_rules, case=False)) for question in questions]
    yield from losses(kept, kinds=_KINDS, fields=_NO_PLACE)
    for number, question in enumerate(questions, start=1):
        if question.kind in _KINDS and any("*" in text.replace("\\*", "") for text in _typed(question)):
            yield Problem("not_in_format", Severity.WARNING, number, "wildcard")


def _typed(question: Question) -> Iterator[str]:
    if question.kind in {"short", "numerical"}:
        yield from (option.text for option in question.options)
    yield from (option.text for gap in question.gaps if gap.kind != "single" for option in gap.options)
