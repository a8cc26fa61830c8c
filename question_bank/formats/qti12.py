"""QTI 1.2 as Canvas, Respondus and Blackboard write it: single items, whole tests and banks, and their packages."""

import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from question_bank.formats.archive import BadFile, member, open_package
from question_bank.formats.collect import never_raises, result
from question_bank.formats.html_media import Resolve
from question_bank.formats.ims_package import Files, declared_version, manifest, xml_members
from question_bank.formats.qti12_build import Builder
from question_bank.formats.qti12_item import Unsupported, is_text_only, taken_apart
from question_bank.formats.qti12_parts import material, metadata
from question_bank.formats.qti12_question import question_of
from question_bank.formats.safe_xml import Element, child, line_of, parsed_or_repaired, tag, text_of
from question_bank.formats.shelf import Shelf
from question_bank.markup import as_text
from question_bank.model import Found, Media, Problem, ReadResult, Severity
from question_bank.text import fold, topic_path

Shared = tuple[str, tuple[Media, ...]]  # a text several questions share, with its media
_ALONE: Shared = ("", ())
_ROOTS = {"questestinterop", "item", "assessment", "objectbank", "section"}
_OTHER_QTI = {"assessmentItem", "assessmentTest", "qti-assessment-item", "qti-assessment-test"}


@dataclass(frozen=True, slots=True)
class Document:
    """One XML file of items, and how to find the files its texts name."""

    root: Element
    resolve: Resolve
    name: str = ""  # inside a package

    @property
    def rank(self) -> int:
        """Canvas writes a quiz up to three times: the bank tells most, the Common Cartridge least."""
        if any(tag(one) == "objectbank" for one in self.root.iter()):
            return 0
        return 2 if "cc_profile" in _own_fields(self.root) else 1


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One item with what its file says about it."""

    element: Element
    fields: dict[str, str]
    document: Document
    topic: tuple[str, ...]
    row: int

    @property
    def ident(self) -> str:
        return self.element.get("ident") or ""

    @property
    def html(self) -> str:
        shown = child(self.element, "presentation")
        return "" if shown is None else material(shown)

    @property
    def situation(self) -> str:
        """The ident of the text it belongs to."""
        return self.fields.get("parent_stimulus_item_ident", "")

    @property
    def original(self) -> str:
        """The ident of the item this one was copied from; its own where nothing is said."""
        return self.fields.get("assessment_question_identifierref") or self.ident


@never_raises
def read(data: bytes) -> ReadResult:
    if data.startswith(b"PK"):
        with open_package(data) as archive:
            documents, problems = _documents(archive)
            return _read(documents, problems)
    root, repaired = parsed_or_repaired(data)
    return _read([Document(root, lambda _address: None)], list(repaired))


def _documents(archive: zipfile.ZipFile) -> tuple[list[Document], list[Problem]]:
    """:raises BadFile: unsupported_package when no member is QTI 1.2 and none is damaged."""
    root = manifest(archive)
    names, problems = xml_members(archive, root)
    files, documents = Files(archive), []
    for name in names:
        try:
            document = _document(archive, files, name, problems)
        except BadFile as bad:
            problems.append(bad.problem)
            continue
        documents += [document] if document is not None else []
    if not documents and not any(problem.severity is Severity.ERROR for problem in problems):
        raise BadFile("unsupported_package", found=declared_version(root)[:60] or "?")
    return sorted(documents, key=lambda document: document.rank), problems


def _document(archive: zipfile.ZipFile, files: Files, name: str, problems: list[Problem]) -> Document | None:
    data = member(archive, name)
    if data is None:
        raise BadFile("member_damaged", name=name[-100:])
    root, repaired = parsed_or_repaired(data, name)
    if tag(root) in _OTHER_QTI:
        problems.append(Problem("member_of_other_format", Severity.WARNING, params={"name": name[-100:]}))
    if tag(root) not in _ROOTS:
        return None
    problems += repaired
    return Document(root, files.resolver(name), name)


def _read(documents: list[Document], problems: list[Problem]) -> ReadResult:
    entries = list(_once(_entries(documents)))
    texts = [entry for entry in entries if is_text_only(entry.element, entry.fields)]
    shared = {entry.ident: _shared(entry) for entry in texts if entry.ident}
    asking = [entry for entry in entries if not is_text_only(entry.element, entry.fields)]
    found = [one for entry in asking for one in _question(entry, shared.get(entry.situation, _ALONE), problems)]
    used = {entry.situation for entry in asking}
    problems += (_unused(entry) for entry in texts if entry.ident not in used)
    problems += _elsewhere(documents, {entry.ident for entry in entries})
    return result(found, problems)


def _entries(documents: list[Document]) -> Iterator[Entry]:
    number = 0
    for document in documents:
        bank = topic_path(_own_fields(document.root).get("bank_title", ""))
        for element in (
            one for one in document.root.iter("{*}item") if next(one.iterancestors("{*}item"), None) is None
        ):
            number += 1
            fields = metadata(element)
            topic = topic_path(fields.get("question_bank", "")) or bank
            row = number if document.name else line_of(element) or number
            yield Entry(element, fields, document, topic, row)


def _own_fields(root: Element) -> dict[str, str]:
    """The metadata of the bank or the test itself."""
    holder = next((one for one in root.iter() if tag(one) in {"objectbank", "assessment"}), root)
    own = child(holder, "qtimetadata")
    return {} if own is None else metadata(own)


def _once(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Each item once though it stands in several files; what one file says twice is said twice.

    Idents alone do not tell: Respondus begins at QUE_1003 in every file.
    """
    first_in: dict[tuple[str, str], str] = {}
    for entry in entries:
        name = entry.document.name
        if not entry.original or first_in.setdefault((entry.original, fold(as_text(entry.html))), name) == name:
            yield entry


def _shared(entry: Entry) -> Shared:
    shelf = Shelf(entry.document.resolve)
    return shelf.text(entry.html), tuple(shelf.media)


def _question(entry: Entry, shared: Shared, problems: list[Problem]) -> list[Found]:
    shelf = Shelf(entry.document.resolve)
    situation, media = shared
    shelf.media += media
    try:
        build = Builder(taken_apart(entry.element), shelf)
        question = question_of(build, situation, entry.topic)
    except Unsupported as unsupported:
        title = entry.element.get("title", "")[:60] or entry.document.name[-60:]
        params: dict[str, str | int] = {"found": str(unsupported)[:60], "title": title}
        problems.append(Problem("unsupported_type", Severity.ERROR, entry.row, "kind", params))
        return []
    problems += [one.at(entry.row) for one in build.all_problems()]
    return [Found(question, entry.row)]


def _unused(entry: Entry) -> Problem:
    return Problem("text_ignored", Severity.WARNING, entry.row, params={"found": as_text(entry.html)[:60]})


def _elsewhere(documents: list[Document], known: set[str]) -> Iterator[Problem]:
    """Tests may draw on banks: questions they point at that are in no file of the package."""
    for document in documents:
        banks = {one.get("ident", "") for one in document.root.iter("{*}objectbank")}
        for one in document.root.iter("{*}bankentry_item", "{*}sourcebank_ref"):
            wanted = one.get("item_ref") or text_of(one).strip()
            if wanted and wanted not in known | banks:
                row = None if document.name else line_of(one)
                yield Problem("question_elsewhere", Severity.ERROR, row, params={"found": wanted[:60]})
