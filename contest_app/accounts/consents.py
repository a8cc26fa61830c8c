"""The purposes people may agree to, each with its own words (Law 91/2025/QH15, art. 9: one consent per purpose)."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l


class Purpose(StrEnum):
    TAKE_PART = "take_part"
    PUBLISH_NAME = "publish_name"
    CONTACT_ME = "contact_me"


VERSION = "2026-11"

TEXTS = {
    Purpose.TAKE_PART: _l(
        "Tôi đồng ý cho ban tổ chức xử lý họ tên, năm sinh, đơn vị và bài làm của tôi để tổ chức thi, "
        "chấm điểm và xét giải."
    ),
    Purpose.PUBLISH_NAME: _l("Tôi đồng ý cho ghi đầy đủ họ tên của tôi trên bảng xếp hạng công khai."),
    Purpose.CONTACT_ME: _l("Tôi đồng ý nhận thông báo về các cuộc thi sau qua số điện thoại, thư điện tử đã khai."),
}


def consent_text(purpose: Purpose) -> tuple[str, str]:
    """Version and words, in the language they were shown in."""
    return VERSION, str(TEXTS[purpose])
