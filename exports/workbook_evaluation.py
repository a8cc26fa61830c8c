"""The sheets of the results workbook that say what the contest taught; one ``Table`` each."""

from collections.abc import Iterator, Sequence

from exports.evaluation import FEWEST, Evaluation, GroupCount, ItemFigures, Mastery
from exports.report import ScoreBin
from exports.sheet_looks import Look
from exports.sheets import Column
from exports.workbook_charts import BarPicture
from exports.workbook_tables import WHOLE_PERCENT, Table

REACH, SATISFACTION = "Tiếp cận", "Hài lòng"
HIDDEN = "dưới 5 người, không hiện"
VISITS = "Lượt xem trang cuộc thi"


def evaluation_tables(evaluation: Evaluation) -> tuple[Table, ...]:
    """In the order of the evaluation's page; ``evaluation`` in words."""
    one = evaluation
    return (
        Table(REACH, (Column("Chỉ số", widest=44), Column("Giá trị", None)), list(_reach(one))),
        _hours(one),
        _audience(one),
        _bins("Số câu đúng", "Số câu đúng", one.knowledge.correct_counts),
        _mastery(one),
        _articles(one),
        _missed(one),
        _test(one),
        _items(one),
        _options(one),
        Table("Liêm chính", (Column("Việc", widest=40), Column("Số lượt", Look.INTEGER), Column("Lý do", widest=60)),
              list(_integrity(one))),
        _comparisons(one),
        _satisfaction(one),
    )  # fmt: skip


def _reach(one: Evaluation) -> Iterator[tuple[str, object]]:
    reach = one.reach
    yield VISITS, "chưa đếm" if reach.visits is None else reach.visits
    yield "Người đăng ký", reach.registered
    yield "Người dự thi", reach.people
    if one.audience.headcount:
        yield "Quân số các đơn vị được mời", one.audience.headcount
    yield "Lượt thi", reach.attempts
    yield "Lượt thí sinh tự nộp", reach.submitted
    yield "Lượt máy thu khi hết giờ", reach.collected
    for device in reach.devices:
        yield f"Lượt thi bằng {device.label}", HIDDEN if device.attempts is None else device.attempts
    yield "Người có bài được phân tích (lượt hợp lệ đầu tiên)", one.analysed


def _hours(one: Evaluation) -> Table:
    columns = (Column("Giờ bắt đầu", Look.CENTRED), Column("Số lượt thi", Look.INTEGER))
    rows = [(f"{hour:02}:00", count) for hour, count in enumerate(one.reach.hours)]
    picture = BarPicture("Lượt thi theo giờ trong ngày", "Giờ (giờ Việt Nam)", "Số lượt thi", names=1, values=(2,))
    return Table("Theo giờ", columns, rows, picture=picture)


def _audience(one: Evaluation) -> Table:
    columns = (
        Column("Chia theo", Look.CENTRED), Column("Nhóm", widest=44), Column("Số người", None),
        Column("Số lượt thi", None), Column("Tỷ lệ điểm trung bình", Look.PERCENT),
    )  # fmt: skip
    kinds = (("đơn vị", one.audience.units), ("độ tuổi", one.audience.ages), ("bảng thi", one.audience.groups))
    rows = [_group(kind, group) for kind, groups in kinds for group in groups]
    return Table("Đối tượng", columns, rows, note="nhóm dưới 5 người được gộp lại")


def _group(kind: str, group: GroupCount) -> Sequence[object]:
    if group.people is None:
        return (kind, group.label, HIDDEN, None, None)
    return (kind, group.label, group.people, group.attempts, group.average)


def _bins(title: str, heading: str, bins: Sequence[ScoreBin]) -> Table:
    columns = (Column(heading, Look.CENTRED), Column("Số lượt thi", Look.INTEGER), Column("Tỷ lệ", Look.PERCENT))
    total = sum(each.count for each in bins)
    rows = [(each.label, each.count, each.count / total if total else None) for each in bins]
    picture = BarPicture(title, heading, "Số lượt thi", names=1, values=(2,))
    return Table(title, columns, rows, picture=picture)


_SHARES = (
    Column("Tỷ lệ đúng", Look.PERCENT),
    Column("Cận dưới 95 %", Look.PERCENT),
    Column("Cận trên 95 %", Look.PERCENT),
    Column("Số câu", Look.INTEGER),
    Column("Số người", None),
    Column("Số lượt trả lời", None),
)


def _mastery(one: Evaluation) -> Table:
    columns = (Column("Chia theo", Look.CENTRED), Column("Nội dung", widest=60), *_SHARES)
    kinds = (("mức độ", one.knowledge.levels), ("chủ đề", one.knowledge.topics))
    rows = [(kind, *_mastery_row(row)) for kind, found in kinds for row in found]
    picture = BarPicture(
        "Tỷ lệ đúng theo nội dung", "Nội dung", "Tỷ lệ đúng", names=2, values=(3,), number_format=WHOLE_PERCENT,
        highest=1.0, lying=True,
    )  # fmt: skip
    note = "lượt hợp lệ đầu tiên của mỗi người; khoảng tin cậy 95 %; biểu đồ ở dưới bảng"
    return Table("Kiến thức", columns, rows, note=note, picture=picture, chart_below=True)


def _articles(one: Evaluation) -> Table:
    rows = [_mastery_row(row) for row in one.knowledge.articles]
    return Table("Điều luật", (Column("Điều luật", widest=70), *_SHARES), rows, note="làm đúng ít nhất đứng trước")


def _mastery_row(row: Mastery) -> Sequence[object]:
    if row.share is None:
        return (row.label, None, None, None, row.questions, HIDDEN, None)
    return (row.label, row.share, row.low, row.high, row.questions, row.people, row.answers)


def _missed(one: Evaluation) -> Table:
    columns = (
        Column("Mã câu hỏi"), Column("Tỷ lệ đúng", Look.PERCENT), Column("Số người", Look.INTEGER),
        Column("Nội dung câu hỏi", widest=50), Column("Đáp án", widest=36), Column("Sai hay gặp", widest=30),
        Column("Căn cứ pháp lý", widest=36), Column("Giải thích", widest=60),
    )  # fmt: skip
    rows = [
        (p.code, p.share, p.people, p.stem, p.right_answer, p.common_error, p.legal_basis, p.explanation)
        for p in one.knowledge.missed
    ]
    return Table("Điểm luật hay sai", columns, rows, 1, "sai nhiều nhất đứng trước")


def _test(one: Evaluation) -> Table:
    columns = (Column("Số đo", widest=44), Column("Giá trị", Look.DECIMAL), Column("Vì sao không có", widest=50))
    return Table("Thống kê đề thi", columns, [(figure.label, figure.value, figure.reason) for figure in one.test])


# Heading and the look of each statistic of a question, by its name in ``ItemFigures``.
_ITEM_COLUMNS = (
    ("code", Column("Mã câu hỏi")),
    ("stem", Column("Nội dung câu hỏi", widest=40)),
    ("topic", Column("Chủ đề", widest=24)),
    ("level", Column("Mức độ", widest=12)),
    ("people", Column("Số người", Look.INTEGER)),
    ("verdict_words", Column("Nhận xét", widest=16)),
    ("evidence", Column("Bằng chứng", widest=44)),
    ("suspicion", Column("Độ mạnh dấu hiệu (sai số chuẩn)", Look.DECIMAL)),
    ("facility", Column("Độ dễ", Look.PERCENT)),
    ("standard_deviation", Column("Độ lệch chuẩn", Look.DECIMAL)),
    ("item_rest", Column("Tương quan với phần còn lại", Look.DECIMAL)),
    ("item_total", Column("Tương quan với cả bài", Look.DECIMAL)),
    ("upper_lower_27", Column("Phân biệt 27 %", Look.DECIMAL)),
    ("upper_lower_thirds", Column("Phân biệt theo phần ba", Look.DECIMAL)),
    ("efficiency", Column("Hiệu quả phân biệt (%)", Look.DECIMAL)),
    ("intended_weight", Column("Trọng số dự kiến (%)", Look.DECIMAL)),
    ("effective_weight", Column("Trọng số thực (%)", Look.DECIMAL)),
    ("guess", Column("Điểm đoán bừa", Look.PERCENT)),
    ("omitted", Column("Bỏ qua", Look.INTEGER)),
    ("not_reached", Column("Chưa làm tới", Look.INTEGER)),
    ("alpha_if_deleted", Column("Alpha nếu bỏ câu", Look.DECIMAL)),
    ("rasch_difficulty", Column("Độ khó Rasch (logit)", Look.DECIMAL)),
    ("rasch_error", Column("Sai số chuẩn (Rasch)", Look.DECIMAL)),
    ("infit", Column("Infit", Look.DECIMAL)),
    ("outfit", Column("Outfit", Look.DECIMAL)),
    ("rasch_misfit", Column("Khớp Rasch (p)", Look.DECIMAL)),
    ("slope", Column("Độ phân biệt 2PL", Look.DECIMAL)),
    ("slope_error", Column("Sai số chuẩn (phân biệt 2PL)", Look.DECIMAL)),
    ("location", Column("Độ khó 2PL", Look.DECIMAL)),
    ("location_error", Column("Sai số chuẩn (độ khó 2PL)", Look.DECIMAL)),
    ("two_parameter_misfit", Column("Khớp 2PL (p)", Look.DECIMAL)),
)


def _items(one: Evaluation) -> Table:
    suspects_first = sorted(one.items, key=lambda item: (-(item.suspicion or 0.0), item.code))
    rows = [[_item_cell(item, name) for name, _column in _ITEM_COLUMNS] for item in suspects_first]
    note = "câu nghi sai đáp án đứng trước; ô trống là số không tính được với đề rút ngẫu nhiên hoặc quá ít người"
    return Table("Thống kê câu hỏi", [column for _name, column in _ITEM_COLUMNS], rows, 1, note)


def _item_cell(item: ItemFigures, name: str) -> object:
    return "dưới 5" if name == "people" and item.people < FEWEST else getattr(item, name)


def _options(one: Evaluation) -> Table:
    columns = (
        Column("Mã câu hỏi"), Column("Phương án", Look.CENTRED), Column("Đáp án", Look.CENTRED),
        Column("Nội dung phương án", widest=60), Column("Số người chọn", Look.INTEGER),
        Column("Tỷ lệ chọn", Look.PERCENT),
        Column("Tỷ lệ đúng phần còn lại của người chọn", Look.PERCENT),
    )  # fmt: skip
    rows = [row for item in one.items for row in _option_rows(item)]
    note = "phương án nhiễu tốt thì người chọn nó làm phần còn lại kém hơn người chọn đáp án"
    return Table("Phương án nhiễu", columns, rows, 2, note)


def _option_rows(item: ItemFigures) -> Iterator[Sequence[object]]:
    for option in item.options:
        mark = "đúng" if option.is_right else ""
        yield (item.code, option.letter, mark, option.text, option.people, option.share, option.rest)


def _integrity(one: Evaluation) -> Iterator[Sequence[object]]:
    found = one.integrity
    for reason, count in found.voided:
        yield "Hủy lượt thi", count, reason
    yield "Mở lại bài", found.reopened, None
    yield "Thêm giờ", found.extra_time, None
    yield "Làm tiếp trên thiết bị khác", found.taken_over, None
    yield "Bản bài làm đến muộn, giữ riêng", found.late, None
    for row in found.corrections:
        yield f"Sửa đáp án câu {row.code} (số lượt đổi điểm)", row.changed, row.reason


def _comparisons(one: Evaluation) -> Table:
    columns = (
        Column("So với", widest=44), Column("Ngày mở", Look.DATE), Column("Câu chung", Look.INTEGER),
        Column("Trước", Look.PERCENT), Column("Sau", Look.PERCENT), Column("Chênh lệch", Look.PERCENT),
        Column("Cận dưới 95 %", Look.PERCENT), Column("Cận trên 95 %", Look.PERCENT),
        Column("Năng lực đổi (logit)", Look.DECIMAL), Column("Kết luận", widest=60),
    )  # fmt: skip
    rows = [
        (c.title, c.held_on, c.common, c.before, c.now, c.difference, c.low, c.high, c.shift, c.words)
        for c in one.comparisons
    ]
    return Table("So sánh", columns, rows, note="chỉ trên những câu hỏi cả hai bên đều có")


def _satisfaction(one: Evaluation) -> Table:
    columns = (Column("Mức (1 đến 5)", Look.CENTRED), Column("Số lượt chấm", Look.INTEGER))
    rows = [(str(score), count) for score, count in enumerate(one.satisfaction.counts, start=1)]
    picture = BarPicture("Mức độ hài lòng", "Mức", "Số lượt chấm", names=1, values=(2,))
    note = "chỉ giữ số đếm, không lưu ai chấm mức nào; dưới 5 lượt thì không hiện"
    return Table(SATISFACTION, columns, rows, note=note, picture=picture)
