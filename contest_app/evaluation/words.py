"""The words for the codes of an evaluation, in the reader's language."""

from flask_babel import lazy_gettext as _l

VERDICTS = {
    "good": _l("tốt"),
    "easy": _l("quá dễ"),
    "hard": _l("khó"),
    "confusing": _l("dễ gây nhầm"),
    "suspect": _l("nghi sai đáp án"),
    "few": _l("ít người làm"),
}
DEVICES = {
    "phone": _l("điện thoại"),
    "tablet": _l("máy tính bảng"),
    "computer": _l("máy tính"),
    "?": _l("không rõ"),
}
SMALL_GROUPS = _l("các nhóm nhỏ gộp lại")
NOT_SAID = _l("không khai")
OTHER_UNITS = _l("đơn vị khác")
FIGURES = {
    "n": _l("Số bài phân tích"),
    "mean_share": _l("Tỷ lệ điểm trung bình"),
    "sd_share": _l("Độ lệch chuẩn của tỷ lệ điểm"),
    "mean": _l("Điểm trung bình"),
    "median": _l("Điểm trung vị"),
    "sd": _l("Độ lệch chuẩn của điểm"),
    "min": _l("Điểm thấp nhất"),
    "max": _l("Điểm cao nhất"),
    "skewness": _l("Độ lệch của phân bố (skewness)"),
    "kurtosis": _l("Độ nhọn của phân bố (kurtosis)"),
    "alpha": _l("Độ tin cậy alpha (Cronbach)"),
    "kr20": _l("Độ tin cậy KR-20"),
    "sem": _l("Sai số chuẩn của điểm"),
    "error_ratio": _l("Tỷ lệ sai số (%)"),
    "drawn_reliability": _l("Độ tin cậy của đề rút ngẫu nhiên"),
    "drawn_sem": _l("Sai số chuẩn của điểm, đề rút ngẫu nhiên"),
    "rasch_reliability": _l("Độ tin cậy theo mô hình Rasch"),
}
REASONS = {
    "papers_differ": _l("mỗi người một đề nên không tính được số này"),
    "common_paper": _l("mọi người chung một đề: dùng hệ số alpha"),
    "paper_maxima_differ": _l("các đề không cùng điểm tối đa"),
    "item_maxima_differ": _l("các câu không cùng điểm"),
    "too_few_persons": _l("chưa đủ người"),
    "too_few_items": _l("chưa đủ câu hỏi"),
    "no_spread": _l("mọi người làm như nhau"),
    "no_points": _l("câu không có điểm"),
    "not_dichotomous": _l("có câu được điểm một phần"),
    "no_order": _l("không rõ thứ tự câu"),
    "no_options": _l("không rõ các phương án"),
    "not_converged": _l("phép tính không hội tụ"),
    "items_drift": _l("phần lớn câu chung đã dễ đi hoặc khó lên"),
}
RATINGS = (
    _l("Rất không hài lòng"),
    _l("Không hài lòng"),
    _l("Bình thường"),
    _l("Hài lòng"),
    _l("Rất hài lòng"),
)
