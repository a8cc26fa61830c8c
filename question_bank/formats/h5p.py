"""H5P packages: a zip with ``h5p.json`` (what it is) and ``content/content.json`` (the questions)."""

import json
import zipfile
from collections.abc import Iterator
from itertools import count

from question_bank.formats.archive import BadFile, member, open_package
from question_bank.formats.collect import never_raises, result
from question_bank.formats.h5p_questions import READERS, Content, Params, Part
from question_bank.formats.html_media import Resolve
from question_bank.markup import as_text, simplest
from question_bank.model import Found, Problem, ReadResult, Severity

_DEEPEST_SET = 5  # sets and columns may stand in each other


@never_raises
def read(data: bytes) -> ReadResult:
    with open_package(data) as archive:
        about = _json(archive, "h5p.json")
        library = about.get("mainLibrary")
        part = Part(library if isinstance(library, str) else "", _json(archive, "content/content.json"))
        found: list[Found] = []
        problems: list[Problem] = []
        numbers = count(1)
        for one in _parts(part):
            _take(one, numbers, _resolver(archive), found, problems)
        return result(found, problems)


def _json(archive: zipfile.ZipFile, name: str) -> Params:
    """:raises BadFile: h5p_part_missing; not_json."""
    data = member(archive, name)
    if data is None:
        raise BadFile("h5p_part_missing", name=name)
    try:
        content = json.loads(data.decode("utf-8-sig"))
    except json.JSONDecodeError as error:
        raise BadFile("not_json", line=error.lineno, position=error.colno) from error
    except (RecursionError, ValueError) as error:
        raise BadFile("not_json", line=0, position=0) from error
    return content if isinstance(content, dict) else {}


def _resolver(archive: zipfile.ZipFile) -> Resolve:
    return lambda address: None if "://" in address else member(archive, f"content/{address}")


def _parts(part: Part, depth: int = 0) -> Iterator[Part]:
    """What asks something, in order: sets and columns are opened."""
    listed = {"H5P.QuestionSet": "questions", "H5P.Column": "content"}.get(part.library)
    if listed is None or depth > _DEEPEST_SET:
        yield part
        return
    for entry in part.content.objects(listed):
        held = entry.content("content") if part.library == "H5P.Column" else entry
        title = held.content("metadata").string("title")
        library = held.string("library").partition(" ")[0]
        yield from _parts(Part(library, held.content("params").fields, title), depth + 1)


def _take(part: Part, numbers: Iterator[int], resolve: Resolve, found: list[Found], problems: list[Problem]) -> None:
    content, number = Content(part.params, resolve), next(numbers)
    if part.library in {"H5P.AdvancedText", "H5P.Image"}:
        shown = as_text(content.string("text"))
        problems.append(Problem("text_ignored", Severity.WARNING, number, params={"found": shown[:60] or part.library}))
        return
    read_part = READERS.get(part.library)
    if read_part is None:
        params: dict[str, str | int] = {"found": part.library[:60] or "?", "title": part.title[:60]}
        problems.append(Problem("unsupported_type", Severity.ERROR, number, "kind", params))
        return
    for place, question in enumerate(read_part(content, part.title)):
        found.append(Found(simplest(question), next(numbers) if place else number))
    problems += (one.at(number) for one in content.problems)
