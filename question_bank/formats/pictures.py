"""Pictures that may come in with a question: recognised by content, of kinds every browser shows."""

from question_bank.model import Picture

LARGEST_PICTURE = 5 * 1024 * 1024
LONGEST_NAME = 200
_SIGNATURES = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg", b"GIF8": "image/gif"}


def media_type_of(data: bytes) -> str | None:
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for signature, kind in _SIGNATURES.items() if data.startswith(signature)), None)


def picture_or_none(name: str, data: bytes) -> Picture | None:
    media_type = media_type_of(data)
    return Picture(name[-LONGEST_NAME:], media_type, data) if media_type and len(data) <= LARGEST_PICTURE else None
