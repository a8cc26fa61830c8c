"""Pictures, sounds and films standing inside HTML: taken out, because a question keeps its media apart."""

import re
from collections.abc import Callable
from html import unescape
from urllib.parse import unquote

from question_bank.formats.media import media_or_none
from question_bank.model import Media, Problem, Severity

Resolve = Callable[[str], bytes | None]  # the bytes behind an address, None when the package does not hold them

_ELEMENT = re.compile(r"<(img|audio|video|source|object|embed|qti-file)\b([^<>]*)>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([a-zA-Z:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_LINK = re.compile(r"<a\b[^<>]*?href\s*=\s*[\"']([^\"']+)[\"'][^<>]*>", re.IGNORECASE)
_PLAYED = (".mp3", ".mp4", ".webm", ".ogg", ".wav", ".m4a")


def media_in(html: str, resolve: Resolve, place: int | None = None) -> tuple[tuple[Media, ...], tuple[Problem, ...]]:
    """The media the HTML shows, in order, each once, and a warning for each that is missing or of no known type.

    The tags themselves are taken away by ``markup.cleaned``. ``place`` as in ``Media``.
    """
    found: dict[str, Media] = {}
    problems = []
    for address, alt in dict(_addresses(html)).items():
        name = unquote(address.partition("?")[0])
        data = resolve(name)
        media = None if data is None else media_or_none(name, data, place, alt)
        shown: dict[str, str | int] = {"name": name[-100:]}
        if media is not None:
            found[name] = media
        elif data is None:
            problems.append(Problem("media_missing", Severity.WARNING, column="media", params=shown))
        else:
            problems.append(Problem("media_ignored", Severity.WARNING, column="media", params=shown))
    return tuple(found.values()), tuple(problems)


def _addresses(html: str) -> list[tuple[str, str]]:
    found = []
    for match in _ELEMENT.finditer(html):
        values = {name.lower(): unescape(a or b or c) for name, a, b, c in _ATTRIBUTE.findall(match[2])}
        address = values.get("src") or values.get("data")
        if address:
            found.append((address, values.get("alt", "")))
    links = (unescape(match[1]) for match in _LINK.finditer(html))
    return found + [(link, "") for link in links if link.partition("?")[0].lower().endswith(_PLAYED)]
