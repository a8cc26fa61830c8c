"""Writing QTI packages: a manifest, a test whose sections are the topics, and a file for each item."""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from urllib.parse import quote

from question_bank.formats.losses import losses
from question_bank.formats.qti_metadata import DIFFICULTIES
from question_bank.formats.qti_package import MANIFEST
from question_bank.formats.qti_write_item import item_of, names_of
from question_bank.formats.qti_write_kinds import KINDS, is_pattern
from question_bank.formats.qti_xml import QTI21, QTI30, Version, fill, plain, qti, serialised
from question_bank.formats.safe_xml import Element
from question_bank.markup import in_html
from question_bank.model import Problem, Question, Severity, Written

TEST = "test.xml"
_MOMENT = (1980, 1, 1, 0, 0, 0)  # the same questions make the same file
_UNSAFE = re.compile(r"[/\\:\0]|^\.+$")


def write21(questions: Sequence[Question]) -> Written:
    return _written(questions, QTI21)


def write30(questions: Sequence[Question]) -> Written:
    return _written(questions, QTI30)


@dataclass
class _Packed:
    """The files of the package so far, and what the manifest says of them."""

    version: Version
    files: dict[str, bytes] = field(default_factory=dict)
    resources: list[Element] = field(default_factory=list)
    passages: dict[str, str] = field(default_factory=dict)  # the file of each text that items share


def _written(questions: Sequence[Question], version: Version) -> Written:
    held = [question for question in questions if question.kind in KINDS]
    packed = _Packed(version)
    names = names_of(len(held))
    for name, question in zip(names, held, strict=True):
        _add_item(packed, name, in_html(question))
    packed.files[TEST] = serialised(_test(names, held), version)
    packed.files[MANIFEST] = serialised(_manifest(packed, names), version._replace(namespace=version.manifest))
    return Written(_zipped(packed.files), tuple(_lost(questions)))


def _lost(questions: Sequence[Question]) -> Iterator[Problem]:
    yield from losses(
        [_beyond_fields(question) for question in questions],
        kinds=tuple(KINDS),
        feedback=False,
        fields=("legal_basis", "text_rules"),
    )
    for number, question in enumerate(questions, start=1):
        options = [*question.options, *(one for gap in question.gaps for one in gap.options if gap.kind == "short")]
        for option in options:
            if question.kind in {"short", "numerical", "cloze"} and is_pattern(option):
                params: dict[str, str | int] = {"found": option.text[:60]}
                yield Problem("pattern_not_in_format", Severity.WARNING, number, "options", params)


def _beyond_fields(question: Question) -> Question:
    """Without what QTI does hold: the case of typed answers, and feedback anywhere but in gaps."""
    options = tuple(replace(option, feedback="") for option in question.options)
    return replace(question, text_rules=replace(question.text_rules, case=False), options=options)


def _add_item(packed: _Packed, name: str, question: Question) -> None:
    paths = [f"media/{name}/{number}/{_file_name(one.name)}" for number, one in enumerate(question.media, start=1)]
    for path, media in zip(paths, question.media, strict=True):
        packed.files[path] = media.data
    passage = _passage(packed, question)
    item = item_of(question, name, packed.version, lambda number: f"../{paths[number]}", passage)
    where = f"items/{name}.xml"
    packed.files[where] = serialised(item, packed.version)
    resource = plain("resource", identifier=name, type=packed.version.item_type, href=where)
    resource.append(_metadata(question, packed.version))
    resource.extend(plain("file", href=quote(path)) for path in (where, *paths))
    packed.resources.append(resource)


def _file_name(name: str) -> str:
    return _UNSAFE.sub("_", name) or "media"


def _passage(packed: _Packed, question: Question) -> Element | None:
    """QTI 3 keeps a text that items share in a file; QTI 2.1 has no place but the item."""
    if not question.situation or not packed.version.is_prefixed:
        return None
    name = packed.passages.setdefault(question.situation, f"doan-{len(packed.passages) + 1:03d}")
    where = f"passages/{name}.xml"
    if where not in packed.files:
        body = qti("stimulusBody", fill(plain("div"), question.situation))
        passage = qti("assessmentStimulus", body, identifier=name, title=name)
        packed.files[where] = serialised(passage, packed.version)
        resource = plain("resource", plain("file", href=where), identifier=name, type="imsqti_stimulus_xmlv3p0")
        resource.set("href", where)
        packed.resources.append(resource)
    return qti("assessmentStimulusRef", identifier=name, href=f"../{where}", title=name)


def _metadata(question: Question, version: Version) -> Element:
    general = [plain("keyword", plain("string", tag)) for tag in question.tags]
    difficulty = plain("difficulty", plain("source", "LOMv1.0"), plain("value", DIFFICULTIES[question.level]))
    lom = plain("lom", plain("general", *general), plain("educational", difficulty), xmlns=version.metadata)
    return plain("metadata", lom)


def _test(names: Sequence[str], questions: Sequence[Question]) -> Element:
    """One section for each run of questions of the same topic, inside the sections of the topics above it."""
    part = qti("testPart", identifier="part-1", navigationMode="nonlinear", submissionMode="simultaneous")
    rows = list(zip(names, questions, strict=True))
    for number, (topic, group) in enumerate(groupby(rows, key=lambda row: row[1].topic), start=1):
        holder = part
        for depth, title in enumerate(topic or ("",), start=1):
            name = f"section-{number}-{depth}"
            section = qti("assessmentSection", identifier=name, title=title, visible="true")
            holder.append(section)
            holder = section
        holder.extend(qti("assessmentItemRef", identifier=name, href=f"items/{name}.xml") for name, _ in group)
    return qti("assessmentTest", part, identifier="test-1", title="Ngân hàng câu hỏi")


def _manifest(packed: _Packed, names: Sequence[str]) -> Element:
    schema, number = packed.version.schema
    test = plain("resource", plain("file", href=TEST), identifier="test-1", type=packed.version.test_type, href=TEST)
    test.extend(plain("dependency", identifierref=name) for name in names)
    about = plain("metadata", plain("schema", schema), plain("schemaversion", number))
    resources = plain("resources", test, *packed.resources)
    return plain("manifest", about, plain("organizations"), resources, identifier="manifest-1")


def _zipped(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in sorted(files, key=lambda name: (name != MANIFEST, name)):
            archive.writestr(zipfile.ZipInfo(name, _MOMENT), files[name], zipfile.ZIP_DEFLATED)
    return stream.getvalue()
