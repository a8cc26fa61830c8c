"""IMS packages (QTI, Common Cartridge): the files in the manifest's order, and what an address in a question means."""

import re
import zipfile
from collections.abc import Iterator
from urllib.parse import unquote

from question_bank.formats.archive import BadFile, member
from question_bank.formats.html_media import Resolve
from question_bank.formats.safe_xml import Element, children, parsed, tag, text_of
from question_bank.model import Problem, Severity

MANIFEST = "imsmanifest.xml"
_XML = (".xml", ".qti", ".dat")
_BASE = re.compile(r"^\$IMS[-_]CC[-_]FILE[-_]?BASE\$[/\\]*", re.IGNORECASE)
_FOLDERS = ("", "web_resources/")  # where Canvas puts what it calls the base of files


def manifest(archive: zipfile.ZipFile) -> Element | None:
    """The root of the manifest; None where there is none, or none that can be read."""
    data = member(archive, MANIFEST)
    try:
        return None if data is None else parsed(data, MANIFEST)
    except BadFile:
        return None


def declared_version(root: Element | None) -> str:
    """What the manifest says it is, e.g. "IMS Content 1.1.3"."""
    told = [] if root is None else [text_of(one).strip() for one in root.iter() if tag(one).startswith("schema")]
    return " ".join(told[:2])


def xml_members(archive: zipfile.ZipFile, root: Element | None) -> tuple[list[str], list[Problem]]:
    """The package's XML files: first those the manifest lists, in its order; and a warning for each it lacks."""
    there = dict.fromkeys(name for name in archive.namelist() if name.lower().endswith(_XML) and name != MANIFEST)
    listed = {} if root is None else dict.fromkeys(_listed(root))
    letters = {_letters(name) for name in there}
    missing = (name for name in listed if _letters(name) not in letters)
    problems = [Problem("member_missing", Severity.WARNING, params={"name": name[-100:]}) for name in missing]
    return list(dict.fromkeys([*(name for name in listed if name in there), *there])), problems


def _listed(root: Element) -> Iterator[str]:
    resources = (one for one in root.iter() if tag(one) == "resource")
    addresses = (file.get("href", "") for one in resources for file in (one, *children(one, "file")))
    return (unquote(address) for address in addresses if address.lower().endswith(_XML))


class Files:
    """The files of a package by the addresses questions use."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = {name.replace("\\", "/").lower(): name for name in archive.namelist()}
        self._by_bare_name: dict[str, list[str]] = {}
        for plain, name in self._names.items():
            self._by_bare_name.setdefault(_bare(plain), []).append(name)

    def resolver(self, member_name: str) -> Resolve:
        """For the addresses in one member: a file beside it, one from the top, or the only one of that bare name."""
        folder = member_name.rpartition("/")[0]

        def resolve(address: str) -> bytes | None:
            if "://" in address:
                return None
            plain = _BASE.sub("", address).replace("\\", "/").lstrip("/").lower()
            asked = (f"{folder}/{plain}".lower(), *(base + plain for base in _FOLDERS))
            exact = [self._names[name] for name in asked if name in self._names]
            alike = self._by_bare_name.get(_bare(plain), [])
            found = exact[:1] or (alike if len(alike) == 1 else [])
            return member(self._archive, found[0]) if found else None

        return resolve


def _bare(name: str) -> str:
    return name.rpartition("/")[2]


def _letters(name: str) -> str:
    """The bare name without what archivers change in it."""
    return re.sub(r"[\W_]", "", _bare(name)).lower()
