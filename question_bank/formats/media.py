"""Pictures, sounds and films that may come in with a question: recognised by content, of kinds every browser plays.

SVG is left out on purpose: it can hold scripts.
"""

from question_bank.model import Media

MEGABYTE = 1024 * 1024
LARGEST_PICTURE = 5 * MEGABYTE
LARGEST_CLIP = 15 * MEGABYTE
LONGEST_NAME = 200
_SIGNATURES = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF8": "image/gif",
    b"ID3": "audio/mpeg",
    b"\xff\xfb": "audio/mpeg",
    b"\xff\xf3": "audio/mpeg",
    b"\x1aE\xdf\xa3": "video/webm",
    b"OggS": "audio/ogg",
}
_RIFF = {b"WEBP": "image/webp", b"WAVE": "audio/wav"}


def media_type_of(data: bytes) -> str | None:
    """The type by the file's first bytes; None for what is not shown or played."""
    if data[:4] == b"RIFF":
        return _RIFF.get(data[8:12])
    if data[4:8] == b"ftyp":
        return "audio/mp4" if data[8:11] == b"M4A" else "video/mp4"
    return next((kind for signature, kind in _SIGNATURES.items() if data.startswith(signature)), None)


def largest_for(media_type: str) -> int:
    """The most bytes a file of this type may have."""
    return LARGEST_PICTURE if media_type.startswith("image/") else LARGEST_CLIP


def media_or_none(name: str, data: bytes, place: int | None = None, alt: str = "") -> Media | None:
    """The file as media of a question; None when it is of no known type or too large."""
    media_type = media_type_of(data)
    if media_type is None or len(data) > largest_for(media_type):
        return None
    return Media(name.rpartition("/")[2][-LONGEST_NAME:], media_type, data, place, alt)
