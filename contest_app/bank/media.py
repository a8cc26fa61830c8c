"""Pictures, sounds and films of questions: taken in, kept once, shown."""

import hashlib
import io
from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from PIL import Image, ImageOps
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage

from contest_app.bank.models import MediaFile, QuestionVersion
from contest_app.web.refusal import Refusal
from question_bank.formats.media import LONGEST_NAME, MEGABYTE, largest_for, media_or_none, media_type_of
from question_bank.model import Media

LARGEST_SIDE = 1600  # pixels; a phone's photograph is made smaller
_PICTURES = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp", "GIF": "image/gif"}


def store_media(session: Session, media: Media) -> dict[str, Any]:
    """Keep the file under its digest, once; returns how a version shows it."""
    digest = hashlib.sha256(media.data).hexdigest()
    if session.scalar(select(MediaFile.id).where(MediaFile.sha256 == digest)) is None:
        session.add(MediaFile(sha256=digest, name=media.name, media_type=media.media_type, data=media.data))
        session.flush()
    shown = {"name": media.name, "media_type": media.media_type, "place": media.place, "alt": media.alt}
    return {"sha256": digest, **shown}


def files_of(session: Session, versions: Iterable[QuestionVersion]) -> dict[str, bytes]:
    """The bytes behind all media of these versions, by their SHA-256."""
    wanted = {one["sha256"] for version in versions for one in version.media}
    if not wanted:
        return {}
    rows = session.execute(select(MediaFile.sha256, MediaFile.data).where(MediaFile.sha256.in_(wanted)))
    return {row.sha256: row.data for row in rows}


def uploaded(file: FileStorage, place: int | None, alt: str = "") -> Media:
    """An uploaded file as media. A picture is decoded and written anew, so that only pixels come in.

    :raises Refusal: bad_file.
    """
    name, data = (file.filename or "")[-LONGEST_NAME:], file.read()
    media_type = media_type_of(data) or ""
    if not media_type.startswith(("audio/", "video/")):
        return _picture(name, data, place, alt)
    media = media_or_none(name, data, place, alt)
    if media is None:
        most = largest_for(media_type) // MEGABYTE
        reason = _("Tệp “%(name)s” nặng quá %(most)s MB. Hãy cắt ngắn hoặc nén lại.", name=name, most=most)
        raise Refusal("bad_file", 422, reason=reason)
    return media


def _picture(name: str, data: bytes, place: int | None, alt: str) -> Media:
    try:
        opened = Image.open(io.BytesIO(data))
        media_type = _PICTURES[opened.format or ""]
        image = ImageOps.exif_transpose(opened)  # a phone says which way up in what is dropped here
        image.thumbnail((LARGEST_SIDE, LARGEST_SIDE))
        out = io.BytesIO()
        image.save(out, format=opened.format)
    except Exception as error:  # Pillow raises many kinds on a damaged or foreign file
        reason = _("Không đọc được tệp “%(name)s”. Hãy dùng hình PNG, JPEG, tiếng MP3 hoặc phim MP4.", name=name)
        raise Refusal("bad_file", 422, reason=reason) from error
    return Media(name, media_type, out.getvalue(), place, alt)
