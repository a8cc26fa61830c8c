"""A QTI package: which of its files are items, in which order they stand, and what belongs to them."""

import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple
from urllib.parse import unquote

from question_bank.formats.archive import BadFile, member
from question_bank.formats.html_media import Resolve, media_in
from question_bank.formats.qti_item import read_item
from question_bank.formats.qti_metadata import Described, described
from question_bank.formats.qti_tree import find, normalised
from question_bank.formats.safe_xml import Element, child, children, inner_html, parsed, tag
from question_bank.markup import cleaned
from question_bank.model import Found, Media, Problem, Severity
from question_bank.text import clean

MANIFEST = "imsmanifest.xml"


class _Place(NamedTuple):
    path: str
    topic: tuple[str, ...] = ()


@dataclass
class Package:
    archive: zipfile.ZipFile
    trees: dict[str, Element]  # every XML file of QTI, by its path
    problems: list[Problem]

    def resolver(self, path: str) -> Resolve:
        """Files named from an item's folder, or from the top of the package."""

        def resolve(name: str) -> bytes | None:
            beside = posixpath.normpath(posixpath.join(posixpath.dirname(path), name))
            return member(self.archive, beside) or member(self.archive, name)

        return resolve


def found_in(archive: zipfile.ZipFile) -> tuple[list[Found], list[Problem]]:
    package = _opened(archive)
    places = list(dict.fromkeys(_order(package)))
    if not places:
        raise BadFile("qti_no_items")
    about = _descriptions(package)
    found: list[Found] = []
    for row, place in enumerate(places, start=1):
        tree = package.trees.get(place.path)
        if tree is None:
            params: dict[str, str | int] = {"name": place.path[-100:]}
            package.problems.append(Problem("qti_file_missing", Severity.ERROR, row, params=params))
        else:
            found += _read(package, tree, place, row, about.get(place.path, Described()))
    return found, package.problems


def _opened(archive: zipfile.ZipFile) -> Package:
    """Every XML file that is of QTI; a broken one is a problem of its own, the others are read."""
    package = Package(archive, {}, [])
    for name in archive.namelist():
        if not name.lower().endswith((".xml", ".qti")) or (data := member(archive, name)) is None:
            continue
        try:
            root = normalised(parsed(data, name))
        except BadFile as bad:
            package.problems.append(bad.problem)
            continue
        if tag(root) in {"assessmentItem", "assessmentTest", "assessmentStimulus", "assessmentSection", "manifest"}:
            package.trees[name] = root
    return package


def _order(package: Package) -> Iterator[_Place]:
    """As the tests have it, then as the manifest has it, then whatever items are left."""
    seen = set()
    for path in _tests(package):
        for place in _of_test(package, path):
            seen.add(place.path)
            yield place
    left = (path for path in package.trees if tag(package.trees[path]) == "assessmentItem")
    for path in (*_resources(package, "item"), *left):
        if path not in seen:
            seen.add(path)
            yield _Place(path)


def _tests(package: Package) -> list[str]:
    named = [path for path in _resources(package, "test") if path in package.trees]
    return list(
        dict.fromkeys((*named, *(path for path, root in package.trees.items() if tag(root) == "assessmentTest")))
    )


def _resources(package: Package, kind: str) -> list[str]:
    """The files the manifest calls items or tests of QTI 2 or later."""
    manifest = package.trees.get(MANIFEST)
    listed = [] if manifest is None else find(manifest, "resource")
    return [
        unquote(one.get("href") or "")
        for one in listed
        if (one.get("type") or "").startswith(f"imsqti_{kind}_xmlv") and one.get("href")
    ]


def _of_test(package: Package, path: str) -> Iterator[_Place]:
    """The items of a test in their order, under the titles of their sections; sections may stand in their own file."""
    stack: list[tuple[str, Element, tuple[str, ...]]] = [(path, package.trees[path], ())]
    entered = {path}
    while stack:
        where, element, topic = stack.pop()
        if tag(element) == "assessmentItemRef":
            yield _Place(_from(where, element.get("href") or ""), topic)
        elif tag(element) == "assessmentSectionRef":
            other = _from(where, element.get("href") or "")
            if other in package.trees and other not in entered:
                entered.add(other)
                stack.append((other, package.trees[other], topic))
        elif tag(element) in {"assessmentTest", "testPart", "assessmentSection"}:
            title = clean(element.get("title") or "") if tag(element) == "assessmentSection" else ""
            inner = (*topic, title) if title else topic
            stack.extend((where, one, inner) for one in reversed(element))


def _from(path: str, href: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(href)))


def _descriptions(package: Package) -> Mapping[str, Described]:
    manifest = package.trees.get(MANIFEST)
    listed = [] if manifest is None else find(manifest, "resource")
    return {unquote(one.get("href") or ""): described(child(one, "metadata")) for one in listed}


def _read(package: Package, tree: Element, place: _Place, row: int, about: Described) -> Iterator[Found]:
    passage, media = _passage(package, tree, place.path, row)
    item = read_item(tree, package.resolver(place.path), row, situation=passage)
    package.problems += item.problems
    if item.question is not None:
        yield Found(
            replace(
                item.question,
                topic=place.topic,
                level=about.level,
                tags=about.tags,
                media=tuple(dict.fromkeys((*item.question.media, *media))),
            ),
            row,
        )


def _passage(package: Package, tree: Element, path: str, row: int) -> tuple[str, tuple[Media, ...]]:
    """The text an item shares with others: QTI 3 keeps it in a file of its own."""
    texts: list[str] = []
    media: list[Media] = []
    for reference in children(tree, "assessmentStimulusRef"):
        where = _from(path, reference.get("href") or "")
        stimulus = package.trees.get(where)
        if stimulus is None:
            params: dict[str, str | int] = {"name": where[-100:]}
            package.problems.append(Problem("qti_file_missing", Severity.WARNING, row, params=params))
            continue
        html = inner_html(child(stimulus, "stimulusBody"))
        shown, problems = media_in(html, package.resolver(where))
        media += shown
        package.problems += [replace(one, row=row) for one in problems]
        texts.append(cleaned(html))
    return "<br>".join(texts), tuple(media)
