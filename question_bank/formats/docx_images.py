"""Pictures put into a Word document, also JPEG files without the marks python-docx looks for."""

import struct
from itertools import count
from typing import Any

from docx.document import Document
from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError
from docx.image.image import BaseImageHeader, Image
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml.shape import CT_Inline
from docx.parts.image import ImagePart
from docx.shared import Cm, Emu

from question_bank.formats.archive import CONFUSED
from question_bank.model import Media

_WIDEST = Cm(15)
_SHOWN_BY_WORD = {"image/png", "image/jpeg", "image/gif"}
_UNKNOWN = (*CONFUSED, struct.error, InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError)
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}  # JPEG segments that hold the size


class _Jpeg(BaseImageHeader):
    content_type = "image/jpeg"
    default_ext = "jpg"


class Pictures:
    """Adds pictures to one document."""

    def __init__(self, document: Document) -> None:
        self._part = document.part
        self._numbers = count(1)

    def add(self, run: Any, media: Media) -> None:
        image = image_of(media)
        if image is None:
            return
        number = next(self._numbers)
        part = ImagePart.from_image(image, PackURI(f"/word/media/image{number}.{image.ext}"))
        link = self._part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)
        scale = min(1.0, _WIDEST / image.width)
        width, height = Emu(int(image.width * scale)), Emu(int(image.height * scale))
        inline = CT_Inline.new_pic_inline(number, link, media.name, width, height)
        inline.docPr.set("descr", media.alt)
        run.element.add_drawing(inline)


def image_of(media: Media) -> Image | None:
    """What python-docx makes of the picture; None when Word could not show it."""
    if media.media_type not in _SHOWN_BY_WORD:
        return None
    try:
        image: Image | None = Image.from_blob(media.data)
    except _UNKNOWN:
        image = _jpeg(media.data) if media.media_type == "image/jpeg" else None
    return image if image is not None and image.px_width > 0 and image.px_height > 0 else None


def _jpeg(data: bytes) -> Image | None:
    """A JPEG that names neither JFIF nor Exif: its size is in its first frame all the same."""
    place = 2
    while place + 9 <= len(data) and data[place] == 0xFF:
        if data[place + 1] in _FRAMES:
            height, width = struct.unpack(">HH", data[place + 5 : place + 9])
            return Image(data, "", _Jpeg(width, height, 96, 96))
        place += 2 + int(struct.unpack(">H", data[place + 2 : place + 4])[0])
    return None
