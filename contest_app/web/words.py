"""The words on the screen for the values of the code, and how dates and numbers are written."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from contest_app.clock import in_vietnam
from question_bank.model import Level
from scoring.counting import Counting
from scoring.prediction import PredictionTarget
from scoring.ranking import RankKey

LEVELS = {
    Level.RECOGNITION: _l("nhận biết"),
    Level.COMPREHENSION: _l("thông hiểu"),
    Level.APPLICATION: _l("vận dụng"),
    Level.ADVANCED: _l("vận dụng cao"),
}
KINDS = {
    "single": _l("một đáp án"),
    "multiple": _l("nhiều đáp án"),
    "true_false": _l("đúng/sai"),
    "statements": _l("đúng/sai từng ý"),
    "short": _l("trả lời ngắn"),
    "numerical": _l("điền số"),
    "matching": _l("ghép đôi"),
    "ordering": _l("sắp xếp"),
    "cloze": _l("điền chỗ trống"),
    "essay": _l("tự luận"),
    "prediction": _l("dự đoán"),
}
STATUSES = {
    "draft": _l("bản nháp"),
    "in_review": _l("chờ duyệt"),
    "approved": _l("đã duyệt"),
    "retired": _l("ngừng dùng"),
}
ROLES = {
    "contestant": _l("thí sinh"),
    "setter": _l("người soạn câu hỏi"),
    "reviewer": _l("người duyệt câu hỏi"),
    "judge": _l("giám khảo"),
    "organiser": _l("ban tổ chức"),
    "administrator": _l("quản trị"),
}
UNIT_KINDS = {
    "province": _l("tỉnh, thành phố"),
    "commune": _l("xã, phường"),
    "school": _l("trường học"),
    "agency": _l("cơ quan"),
    "class": _l("lớp"),
    "branch": _l("chi đoàn, thôn, tổ"),
}
COUNTING = {
    Counting.BEST: _l("Tính lượt có điểm cao nhất (bằng điểm thì lượt nhanh hơn)"),
    Counting.BEST_EARLIEST: _l("Tính lượt có điểm cao nhất (bằng điểm thì lượt sớm hơn)"),
    Counting.LAST: _l("Tính lượt thi cuối cùng"),
    Counting.FIRST: _l("Tính lượt thi đầu tiên"),
    Counting.SUM: _l("Cộng điểm và thời gian của mọi lượt thi"),
}
PREDICTION_TARGETS = {
    PredictionTarget.PERFECT: _l("Theo bạn, có bao nhiêu người trả lời đúng tất cả các câu hỏi?"),
    PredictionTarget.PARTICIPANTS: _l("Theo bạn, có bao nhiêu người tham gia dự thi?"),
    PredictionTarget.ATTEMPTS: _l("Theo bạn, có bao nhiêu lượt thi?"),
}
RANK_KEYS = {
    RankKey.SCORE: _l("điểm cao hơn"),
    RankKey.PREDICTION: _l("dự đoán gần đúng hơn (lệch trên hay lệch dưới như nhau)"),
    RankKey.TIME: _l("thời gian làm bài ngắn hơn"),
    RankKey.EARLIER: _l("nộp bài sớm hơn"),
    RankKey.FEWER_ATTEMPTS: _l("ít lượt thi hơn"),
    RankKey.LOT: _l("bốc thăm bằng mã bí mật đã cam kết trước"),
}
SHORT_RANK_KEYS = {
    RankKey.SCORE: _l("điểm"),
    RankKey.PREDICTION: _l("dự đoán"),
    RankKey.TIME: _l("thời gian"),
    RankKey.EARLIER: _l("nộp muộn hơn"),
    RankKey.FEWER_ATTEMPTS: _l("số lượt"),
    RankKey.LOT: _l("bốc thăm"),
}
UNIT_RANKINGS = {
    "participants": _l("số người dự thi"),
    "rate": _l("tỷ lệ người dự thi trên quân số"),
    "average": _l("điểm trung bình"),
    "total": _l("tổng điểm"),
}
FIELD_NAMES = {
    "full_name": _l("họ và tên"),
    "birth_year": _l("năm sinh"),
    "phone": _l("số điện thoại"),
    "email": _l("thư điện tử"),
    "unit": _l("đơn vị"),
    "class_name": _l("lớp"),
    "student_code": _l("mã học sinh, sinh viên"),
    "address": _l("địa chỉ"),
    "occupation": _l("nghề nghiệp"),
}
CLOSED_BY = {
    "contestant": _l("thí sinh nộp"),
    "deadline": _l("hết giờ, máy thu"),
}
LATE_REASONS = {
    "closed": _l("bài đã nộp hoặc đã thu"),
    "overdue": _l("đã hết giờ"),
    "taken_over": _l("bài đã mở trên thiết bị khác"),
    "stale": _l("máy chủ đã có bản mới hơn"),
}
ATTEMPT_EVENTS = {
    "taken_over": _l("mở tiếp trên thiết bị khác"),
    "extra_time": _l("được thêm giờ"),
    "reopened": _l("mở lại"),
    "voided": _l("bị hủy"),
    "restored": _l("khôi phục"),
}
LAW_STANDINGS = {
    "in_force": _l("còn hiệu lực"),
    "ended": _l("đã hết hiệu lực"),
    "ending": _l("hết hiệu lực trong 90 ngày tới"),
    "unchecked": _l("chưa đối chiếu ngày"),
}
JOB_STATES = {
    "queued": _l("đang chờ"),
    "running": _l("đang làm"),
    "done": _l("đã xong"),
    "failed": _l("không làm được"),
    "cancelled": _l("đã hủy"),
}
AUDIT_EVENTS = {
    "units_imported": _l("nhập danh sách đơn vị"),
    "people_imported": _l("nhập danh sách người"),
    "password_reset": _l("cấp lại mật khẩu"),
    "account_locked": _l("khóa tạm tài khoản"),
    "role_granted": _l("giao vai trò"),
    "role_revoked": _l("thu vai trò"),
    "questions_imported": _l("nhập câu hỏi"),
    "question_replaced": _l("thay câu hỏi khi nhập"),
    "question_status": _l("đổi trạng thái câu hỏi"),
    "question_assigned": _l("giao duyệt câu hỏi"),
    "comment_written": _l("góp ý câu hỏi"),
    "comment_resolved": _l("xử lý xong góp ý"),
    "import_assigned": _l("giao duyệt lần nhập"),
    "import_undone": _l("hoàn tác lần nhập"),
    "contest_created": _l("tạo cuộc thi"),
    "rules_changed": _l("sửa thể lệ"),
    "contest_opened": _l("mở cuộc thi"),
    "release_changed": _l("đổi lịch công bố"),
    "extra_time": _l("thêm giờ"),
    "attempt_reopened": _l("mở lại bài"),
    "attempt_voided": _l("hủy lượt thi"),
    "attempt_restored": _l("khôi phục lượt thi"),
    "key_corrected": _l("sửa đáp án và chấm lại"),
    "essay_marked": _l("chấm bài tự luận"),
    "results_frozen": _l("chốt kết quả"),
    "workbook_exported": _l("tải sổ kết quả"),
    "data_exported": _l("tải dữ liệu mở"),
    "law_changed": _l("sửa văn bản pháp luật"),
    "law_checked": _l("đối chiếu văn bản pháp luật"),
    "law_deleted": _l("xóa văn bản pháp luật"),
    "citation_confirmed": _l("xác nhận câu hỏi vẫn đúng"),
    "citation_withdrawn": _l("rút xác nhận câu hỏi vẫn đúng"),
    "ended_acts_accepted": _l("dùng câu hỏi có căn cứ đã hết hiệu lực"),
    "letterhead_changed": _l("đổi thể thức văn bản của đơn vị"),
    "document_made": _l("lập văn bản của cuộc thi"),
    "document_withdrawn": _l("rút văn bản khỏi sổ"),
    "activity_added": _l("ghi hoạt động vào sổ"),
    "activity_edited": _l("sửa sổ hoạt động"),
    "activity_deleted": _l("xóa hoạt động khỏi sổ"),
    "template_changed": _l("sửa biểu mẫu thống kê"),
    "template_checked": _l("đối chiếu biểu mẫu thống kê"),
    "form_filled": _l("điền biểu mẫu thống kê"),
}
ACTIVITY_FORMS = {
    "press": _l("họp báo, thông cáo báo chí"),
    "direct": _l("phổ biến trực tiếp; tư vấn, hướng dẫn tìm hiểu; cung cấp thông tin, tài liệu pháp luật"),
    "media": _l(
        "qua phương tiện thông tin đại chúng, loa truyền thanh, internet, pa-nô, áp-phích, tranh cổ động; "
        "đăng tải, niêm yết"
    ),
    "contest": _l("thi tìm hiểu pháp luật"),
    "proceedings": _l(
        "qua xét xử, xử lý vi phạm hành chính, tiếp công dân, giải quyết khiếu nại, tố cáo, "
        "trợ giúp pháp lý, hòa giải ở cơ sở"
    ),
    "culture": _l("lồng ghép trong hoạt động văn hóa, văn nghệ, sinh hoạt đoàn thể, câu lạc bộ, tủ sách pháp luật"),
    "schooling": _l("qua chương trình giáo dục pháp luật trong cơ sở giáo dục"),
    "other": _l("hình thức khác"),
}
MINIMUM_FIELDS = {  # of ``exports.ledger.MinimumFields``, in the order reports give them
    "documents_issued": _l("Văn bản chỉ đạo, hướng dẫn đã ban hành"),
    "direct_activities": _l("Cuộc phổ biến pháp luật trực tiếp"),
    "direct_attendances": _l("Lượt người dự phổ biến trực tiếp"),
    "contests": _l("Cuộc thi tìm hiểu pháp luật"),
    "entries": _l("Lượt người dự thi"),
    "materials": _l("Tài liệu phổ biến pháp luật đã phát hành"),
}
PERIOD_KINDS = {
    "first_half": _l("6 tháng đầu năm"),
    "second_half": _l("6 tháng cuối năm"),
    "year": _l("cả năm"),
    "other": _l("tự chọn ngày"),
}


def day_and_time(moment: datetime) -> str:
    """ "08:00 ngày 24/11/2026", in Vietnam time."""
    local = in_vietnam(moment)
    return _("%(time)s ngày %(day)s", time=local.strftime("%H:%M"), day=local.strftime("%d/%m/%Y"))


def clock_time(moment: datetime) -> str:
    return in_vietnam(moment).strftime("%H:%M:%S")


def day(moment: date) -> str:
    """ "24/11/2026"; of a moment, the day it is in Vietnam."""
    return (in_vietnam(moment) if isinstance(moment, datetime) else moment).strftime("%d/%m/%Y")


def points(value: Decimal | float | None) -> str:
    """ "7,5", without needless zeros."""
    if value is None:
        return "–"
    return _local_decimal(f"{Decimal(str(value)):.3f}".rstrip("0").rstrip("."))


def duration(seconds: float | Decimal | None) -> str:
    """ "12 phút 05 giây"."""
    if seconds is None:
        return "–"
    minutes, rest = divmod(round(float(seconds)), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def percent(share: float | None) -> str:
    return "–" if share is None else _local_decimal(f"{share * 100:.1f}") + "\u00a0%"


def change(before: float | None, now: float | None) -> str:
    """ "+2,5": percentage points from one share to the other, as ``percent`` shows them: none contradicts the other."""
    return "–" if before is None or now is None else signed(round(now * 100, 1) / 100 - round(before * 100, 1) / 100)


def signed(share: float) -> str:
    """ "−0,1", in percentage points."""
    text = f"{abs(share) * 100:.1f}"
    sign = "" if text == "0.0" else "+" if share > 0 else "−"
    return sign + _local_decimal(text)


def whole(number: int) -> str:
    """ "1.400"."""
    text = f"{number:,}"
    return text if str(get_locale() or "vi") == "en" else text.replace(",", ".")


def file_size(size: int) -> str:
    """ "1,5 MB", of bytes."""
    if size < 1024 * 1024:
        return f"{max(1, round(size / 1024))} KB"
    return _local_decimal(f"{size / 1024 / 1024:.1f}") + " MB"


def _local_decimal(text: str) -> str:
    """With the decimal comma, except for readers of English."""
    return text if str(get_locale() or "vi") == "en" else text.replace(".", ",")


def initials(full_name: str) -> str:
    """A name masked for the public: "Nguyễn Thị Minh Anh" becomes "N. T. M. Anh"."""
    *before, given = full_name.split() or [""]
    return " ".join([*(f"{part[0]}." for part in before), given])


def legal_basis(bases: list[dict[str, Any]]) -> str:
    """ "khoản 2 Điều 10 Luật … số 36/2024/QH15"."""
    said = []
    for basis in bases:
        clause = f"khoản {basis['clause']} " if basis.get("clause") else ""
        article = f"Điều {basis['article']} " if basis.get("article") else ""
        title = f"{basis['title']} " if basis.get("title") else ""
        act = f"số {basis['act']}" if basis.get("act") else ""
        said.append(f"{clause}{article}{title}{act}".strip())
    return "; ".join(part for part in said if part)
