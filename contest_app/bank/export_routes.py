"""Taking a bank out, in any format another system reads."""

from typing import NamedTuple

from flask import Response, render_template
from flask_babel import lazy_gettext as _l

from contest_app.bank import queries
from contest_app.bank.convert import to_question
from contest_app.bank.media import files_of
from contest_app.bank.models import QuestionBank
from contest_app.bank.routes import bp, load_bank
from contest_app.extensions import db
from contest_app.permissions import Permission, requires
from contest_app.web.downloads import XLSX, send_bytes
from contest_app.web.refusal import NotYours
from contest_app.web.tables import bad_file
from question_bank.formats.archive import BadFile
from question_bank.formats.registry import FORMATS
from question_bank.model import Problem, Question, Written

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class Download(NamedTuple):
    """A format as people choose it: what it is for, and the file that comes out."""

    said: object
    ending: str
    media_type: str


class Lost(NamedTuple):
    """One thing a format cannot hold, and the questions that have it."""

    problem: Problem
    codes: list[str]


DOWNLOADS = {
    "xlsx": Download(_l("Excel, theo tệp mẫu của hệ thống: sửa rồi nhập lại được"), "xlsx", XLSX),
    "docx": Download(_l("Word, để in hoặc gửi góp ý; nhập lại được"), "docx", DOCX),
    "json": Download(_l("JSON: giữ trọn vẹn mọi thứ, kể cả hình và âm thanh"), "json", "application/json"),
    "moodle_xml": Download(_l("Moodle XML"), "xml", "application/xml"),
    "gift": Download(_l("GIFT (Moodle)"), "gift", "text/plain; charset=utf-8"),
    "aiken": Download(_l("Aiken: chỉ câu một đáp án"), "txt", "text/plain; charset=utf-8"),
    "qti12": Download(_l("QTI 1.2 (Canvas)"), "zip", "application/zip"),
    "qti21": Download(_l("QTI 2.1"), "zip", "application/zip"),
    "qti30": Download(_l("QTI 3.0"), "zip", "application/zip"),
    "h5p": Download(_l("H5P (bộ câu hỏi)"), "h5p", "application/zip"),
    "text": Download(_l("Văn bản thường"), "txt", "text/plain; charset=utf-8"),
}


def _available() -> dict[str, Download]:
    return {name: one for name, one in DOWNLOADS.items() if name in FORMATS and FORMATS[name].write}


def _questions(bank: QuestionBank) -> list[Question]:
    versions = [row.current for row in db.session.scalars(queries.questions(bank.id))]
    files = files_of(db.session(), versions)
    return [to_question(version, files) for version in versions]


def _written(bank: QuestionBank, name: str) -> Written:
    write = FORMATS[name].write
    if write is None:
        raise NotYours
    try:
        return write(_questions(bank))
    except BadFile as error:
        raise bad_file(error) from error


@bp.get("/<int:bank_id>/tai-ve")
@requires(Permission.MANAGE_BANK)
def export(bank_id: int) -> str:
    """The formats to choose from."""
    return render_template("bank/export.html", bank=load_bank(bank_id), formats=_available())


@bp.get("/<int:bank_id>/tai-ve/<name>")
@requires(Permission.MANAGE_BANK)
def losses(bank_id: int, name: str) -> str:
    """What would be lost in that format, question by question, before anything is downloaded."""
    bank = load_bank(bank_id)
    if name not in _available():
        raise NotYours
    codes = [question.code for question in _questions(bank)]
    lost: dict[tuple[str, str], Lost] = {}
    for problem in _written(bank, name).problems:
        known = lost.setdefault((problem.code, problem.column), Lost(problem, []))
        known.codes.append(codes[problem.row - 1] if problem.row else "")
    return render_template("bank/losses.html", bank=bank, name=name, chosen=DOWNLOADS[name], lost=list(lost.values()))


@bp.get("/<int:bank_id>/tai-ve/<name>/tep")
@requires(Permission.MANAGE_BANK)
def download(bank_id: int, name: str) -> Response:
    bank = load_bank(bank_id)
    if name not in _available():
        raise NotYours
    chosen = DOWNLOADS[name]
    return send_bytes(_written(bank, name).data, f"ngan-hang-cau-hoi.{chosen.ending}", chosen.media_type)
