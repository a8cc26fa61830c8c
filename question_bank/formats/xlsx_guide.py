"""What the template tells people: the examples and the sheet of instructions."""

from datetime import date

from question_bank.model import LegalBasis, Level, Option, Question

EXAMPLE_CODE = "VD-MẪU"  # rows whose code begins like this are examples, never imported

_TRAFFIC_LAW = LegalBasis(
    "36/2024/QH15", "9", "2", "Luật Trật tự, an toàn giao thông đường bộ", in_force_from=date(2025, 1, 1)
)

EXAMPLES = (
    Question(
        kind="single",
        code=f"{EXAMPLE_CODE}-1",
        stem="Hành vi nào sau đây bị nghiêm cấm khi điều khiển phương tiện tham gia giao thông đường bộ?",
        options=(
            Option("Điều khiển xe mà trong máu hoặc hơi thở có nồng độ cồn", correct=True),
            Option("Nhường đường cho người đi bộ"),
            Option("Bật đèn chiếu sáng khi trời tối"),
            Option("Giữ khoảng cách an toàn với xe phía trước"),
        ),
        topic=("Giao thông", "Hành vi bị nghiêm cấm"),
        legal_basis=(_TRAFFIC_LAW,),
        explanation="Đây là dòng ví dụ, không được nhập vào ngân hàng câu hỏi.",
        tags=("nồng độ cồn",),
    ),
    Question(
        kind="multiple",
        code=f"{EXAMPLE_CODE}-2",
        stem="Những cơ quan nào sau đây thuộc bộ máy nhà nước ở trung ương? (chọn nhiều đáp án)",
        options=(
            Option("Quốc hội", correct=True),
            Option("Chính phủ", correct=True),
            Option("Ủy ban nhân dân cấp tỉnh"),
            Option("Hội đồng nhân dân cấp xã"),
        ),
        topic=("Hiến pháp", "Bộ máy nhà nước"),
        level=Level.COMPREHENSION,
    ),
    Question(
        kind="true_false",
        code=f"{EXAMPLE_CODE}-3",
        stem="Hiến pháp là luật cơ bản của nước Cộng hòa xã hội chủ nghĩa Việt Nam.",
        options=(Option("Đúng", correct=True), Option("Sai")),
        topic=("Hiến pháp",),
    ),
)

GUIDE = (
    ("Cách dùng", "Mỗi dòng của trang “Câu hỏi” là một câu hỏi. Không gộp ô, không dùng công thức; tối đa 5.000 dòng."),
    ("Dòng ví dụ", f"Các dòng có mã bắt đầu bằng “{EXAMPLE_CODE}” chỉ để làm mẫu và được bỏ qua khi nhập; có thể xóa."),
    ("Mã câu hỏi", "Không bắt buộc. Nếu có thì mỗi câu một mã, không trùng nhau."),
    (
        "Loại câu hỏi",
        "Một đáp án, Nhiều đáp án, Đúng/Sai hoặc Dự đoán. Để trống thì hệ thống suy ra từ số đáp án đúng.",
    ),
    ("Nội dung câu hỏi", "Bắt buộc. Có thể xuống dòng trong ô bằng Alt+Enter."),
    (
        "Phương án A, B, C…",
        "Ghi lần lượt từ A, không bỏ trống ở giữa. Câu Đúng/Sai ghi “Đúng” và “Sai”. Có thể thêm cột đến Phương án J.",
    ),
    ("Đáp án", "Bắt buộc (trừ câu Dự đoán). Ghi chữ cái của phương án đúng: A hoặc A,C; câu Đúng/Sai có thể ghi Đúng."),
    (
        "Phương án giữ vị trí",
        (
            "Chữ cái của phương án không bị đảo chỗ, ví dụ D (“Tất cả các phương án trên”). "
            "Để trống thì hệ thống tự nhận; ghi “-” nếu không có phương án nào."
        ),
    ),
    ("Chủ đề", "Đường dẫn chủ đề, từ lớn đến nhỏ, cách nhau bằng dấu “>”: Giao thông > Xử phạt."),
    ("Mức độ", "Nhận biết (NB), Thông hiểu (TH), Vận dụng (VD), Vận dụng cao (VDC). Để trống được hiểu là Nhận biết."),
    (
        "Số hiệu văn bản",
        "Ví dụ 36/2024/QH15. Nhiều căn cứ thì ghi mỗi căn cứ một dòng trong cùng ô, các cột sau cũng vậy.",
    ),
    ("Tên văn bản", "Ví dụ Luật Trật tự, an toàn giao thông đường bộ."),
    ("Điều, Khoản", "Chỉ ghi số: 9; 2."),
    ("Hiệu lực từ, Hiệu lực đến", "Ngày theo dạng ngày/tháng/năm, ví dụ 01/01/2025. Để trống nếu chưa biết."),
    ("Giải thích", "Hiển thị cho thí sinh sau khi cuộc thi cho phép xem đáp án."),
    ("Từ khóa", "Cách nhau bằng dấu chấm phẩy."),
)
