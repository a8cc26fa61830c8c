"""What the bank's pages show of a question."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for

from contest_app.bank.models import QuestionVersion


@dataclass(frozen=True, slots=True)
class SourcedMedia:
    """A picture or clip and where a browser finds it."""

    src: str
    media_type: str
    alt: str
    place: int | None
    name: str = ""


def stored_media(version: QuestionVersion) -> list[SourcedMedia]:
    """Media of a version in the bank, each by its address."""
    return [
        SourcedMedia(
            url_for("bank.media_file", sha256=one["sha256"]), one["media_type"], one["alt"], one["place"], one["name"]
        )
        for one in version.media
    ]


def inline_media(documents: Iterable[Mapping[str, Any]]) -> list[SourcedMedia]:
    """Media of a question in our JSON that is not in the bank yet: the bytes stand in the page."""
    return [
        SourcedMedia(
            f"data:{one['media_type']};base64,{one['data_base64']}", one["media_type"], one.get("alt", ""),
            one.get("place"), one["name"],
        )
        for one in documents
    ]  # fmt: skip
