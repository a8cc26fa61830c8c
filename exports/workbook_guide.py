"""The sheet that explains the others: what each holds, and what its less common columns mean."""

from collections.abc import Iterable, Iterator

from exports.sheets import Column
from exports.workbook_tables import Table

TITLE = "Giải thích"
SHEETS = {
    "Xếp hạng": "Thứ hạng chung cuộc theo thể lệ; mỗi dòng một thí sinh.",
    "Danh sách theo tên": "Như trang Xếp hạng, sắp theo tên (thứ tự tiếng Việt).",
    "Xếp hạng đợt": "Thứ hạng của riêng một đợt thi.",
    "Lượt thi": "Mọi lượt thi chính thức; lượt bị hủy gạch ngang và có lý do.",
    "Bài làm": "Từng lượt thi: câu hỏi theo thứ tự trong đề của thí sinh và điểm của câu; dấu “–” là bỏ trống.",
    "Câu hỏi": "Mỗi câu: số lần ra đề, trả lời, trả lời đúng, chọn từng phương án; tính trên mọi lượt hợp lệ.",
    "Đơn vị": "Bảng tập thể.",
    "Phân bố điểm": "Số lượt thi hợp lệ theo điểm.",
    "Theo ngày": "Số lượt và số người theo ngày bắt đầu, giờ Việt Nam.",
    "Tiếp cận": "Cuộc thi đến được bao nhiêu người, bằng thiết bị nào.",
    "Theo giờ": "Số lượt thi theo giờ bắt đầu trong ngày.",
    "Đối tượng": "Người dự thi theo đơn vị, độ tuổi trong năm thi, bảng thi.",
    "Số câu đúng": "Số lượt thi hợp lệ theo số câu trả lời đúng.",
    "Kiến thức": "Tỷ lệ điểm đạt được theo mức độ và chủ đề, kèm khoảng tin cậy 95 %.",
    "Điều luật": "Tỷ lệ điểm đạt được theo từng điều luật mà câu hỏi dẫn, kèm khoảng tin cậy 95 %.",
    "Điểm luật hay sai": "Câu đạt dưới một nửa số điểm, kèm đáp án, căn cứ, giải thích; trừ câu nghi sai đáp án.",
    "Thống kê đề thi": "Các số đo của cả bài thi; số không dùng được với đề rút ngẫu nhiên thì nêu lý do.",
    "Thống kê câu hỏi": "Các số đo của từng câu, tính trên lượt hợp lệ đầu tiên của mỗi người.",
    "Phương án nhiễu": "Mỗi phương án: bao nhiêu người chọn, người chọn nó làm phần còn lại của đề thế nào.",
    "Liêm chính": "Các quyết định về lượt thi và đáp án, kèm lý do.",
    "So sánh": "So với đợt hay cuộc thi trước, chỉ trên câu hỏi chung; quy về cùng thang Rasch khi được.",
    "Hài lòng": "Mức độ hài lòng thí sinh chấm sau khi nộp bài.",
}
MEANINGS = {
    "Độ mạnh dấu hiệu (sai số chuẩn)": "Dấu hiệu sai đáp án lớn gấp mấy lần sai số do may rủi; từ 3 trở lên mới nêu.",
    "Độ dễ": "Điểm trung bình của câu chia cho điểm tối đa của câu.",
    "Tương quan với phần còn lại": "Tương quan giữa điểm câu và tỷ lệ điểm phần còn lại của đề, từ −1 đến 1.",
    "Tương quan với cả bài": "Tương quan giữa điểm câu và tỷ lệ điểm cả đề, kể cả câu đó.",
    "Phân biệt 27 %": "Độ dễ ở 27 % người làm tốt nhất trừ độ dễ ở 27 % người làm kém nhất (Kelley 1939).",
    "Phân biệt theo phần ba": "Như trên, với một phần ba trên và một phần ba dưới.",
    "Hiệu quả phân biệt (%)": "Hiệp phương sai với phần còn lại so với mức lớn nhất có thể (Moodle).",
    "Trọng số dự kiến (%)": "Phần điểm của câu trong đề.",
    "Trọng số thực (%)": "Phần của câu trong độ phân tán của tổng điểm (Moodle); chỉ khi mọi người chung một đề.",
    "Điểm đoán bừa": "Tỷ lệ điểm của người chọn bừa.",
    "Bỏ qua": "Số người gặp câu mà không trả lời.",
    "Chưa làm tới": "Trong số bỏ qua, những người không trả lời câu nào đứng sau câu này.",
    "Alpha nếu bỏ câu": "Hệ số Cronbach của đề khi không có câu này; chỉ khi mọi người chung một đề.",
    "Độ khó Rasch (logit)": "Độ khó theo mô hình Rasch (hợp lý cực đại biên); 0 là ngang năng lực trung bình.",
    "Infit": "Mức thất thường của câu trả lời so với mô hình Rasch, có trọng số; 1 là đúng như mô hình.",
    "Outfit": "Như trên, không trọng số, nhạy với vài câu trả lời lạ.",
    "Khớp Rasch (p)": "Xác suất gặp trả lời lệch như vậy nếu câu theo mô hình Rasch (Glas 1999); dưới 0,01 là lệch.",
    "Khớp 2PL (p)": "Như trên, khi câu có độ phân biệt riêng; dưới 0,01 là dạng câu trả lời lạ, hãy đọc lại câu.",
    "Độ phân biệt 2PL": "Độ dốc theo mô hình hai tham số (Birnbaum 1968); âm là dấu hiệu sai đáp án.",
    "Độ khó 2PL": "Độ khó theo mô hình hai tham số, tính bằng độ lệch chuẩn của năng lực.",
    "Cận dưới 95 %": "Cận dưới của khoảng tin cậy 95 %, tính theo người (mỗi người một cụm; Cochran 1977).",
    "Cận trên 95 %": "Cận trên của khoảng tin cậy 95 %.",
    "Năng lực đổi (logit)": "Năng lực trung bình lần sau trừ lần trước, trên thang Rasch chung.",
}


def guide_table(tables: Iterable[Table]) -> Table:
    """Every sheet in its order, each followed by its columns that need a word."""
    columns = (Column("Trang", widest=26), Column("Cột", widest=34), Column("Ý nghĩa", widest=90))
    return Table(TITLE, columns, list(_rows(tables)))


def _rows(tables: Iterable[Table]) -> Iterator[tuple[str, str, str]]:
    for table in tables:
        name = table.title if table.title in SHEETS else table.title.rstrip("0123456789 ")
        yield table.title, "", SHEETS[name]
        for column in table.columns:
            if column.heading in MEANINGS:
                yield table.title, column.heading, MEANINGS[column.heading]
