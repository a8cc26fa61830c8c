"""What the template tells people: the examples and the sheet of instructions."""

from datetime import date
from decimal import Decimal

from question_bank.model import Credit, Gap, LegalBasis, Level, Option, Question, WordLimit

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
    Question(
        kind="statements",
        code=f"{EXAMPLE_CODE}-4",
        stem="Xét các nhận định sau về căn cước:",
        options=(
            Option("Thẻ căn cước do Bộ Công an thống nhất quản lý", correct=True),
            Option("Chỉ người từ đủ 18 tuổi mới được cấp thẻ căn cước"),
            Option("Thẻ căn cước có giá trị chứng minh về căn cước của người được cấp", correct=True),
            Option("Được cho người khác mượn thẻ căn cước để vay tiền"),
        ),
        topic=("Căn cước",),
        credit=Credit.PARTIAL,
    ),
    Question(
        kind="short",
        code=f"{EXAMPLE_CODE}-5",
        stem="Cơ quan nào là cơ quan quyền lực nhà nước cao nhất của nước ta?",
        options=(Option("Quốc hội", correct=True), Option("Quốc hội Việt Nam", correct=True)),
        topic=("Hiến pháp", "Bộ máy nhà nước"),
    ),
    Question(
        kind="numerical",
        code=f"{EXAMPLE_CODE}-6",
        stem="Bị xử phạt 2,5 triệu đồng và 1 triệu đồng thì tổng số tiền phạt là bao nhiêu triệu đồng?",
        options=(Option("3,5", correct=True, tolerance=Decimal("0.1")),),
    ),
    Question(
        kind="matching",
        code=f"{EXAMPLE_CODE}-7",
        stem="Ghép văn bản với cơ quan ban hành.",
        options=(
            Option("Luật", match="Quốc hội"),
            Option("Nghị định", match="Chính phủ"),
            Option("", match="Ủy ban nhân dân cấp xã"),
        ),
    ),
    Question(
        kind="ordering",
        code=f"{EXAMPLE_CODE}-8",
        stem="Sắp xếp các cơ quan theo thứ tự từ trung ương đến cơ sở.",
        options=(Option("Quốc hội"), Option("Hội đồng nhân dân tỉnh"), Option("Hội đồng nhân dân xã")),
        credit=Credit.PARTIAL,
    ),
    Question(
        kind="cloze",
        code=f"{EXAMPLE_CODE}-9",
        stem="Hiến pháp do [[1]] ban hành và có hiệu lực pháp lý [[2]].",
        gaps=(
            Gap("short", (Option("Quốc hội", correct=True),)),
            Gap("single", (Option("cao nhất", correct=True), Option("ngang luật"))),
        ),
    ),
    Question(
        kind="essay",
        code=f"{EXAMPLE_CODE}-10",
        stem="Viết cảm nghĩ của bạn về việc chấp hành pháp luật giao thông.",
        words=WordLimit(most=1000),
    ),
)

GUIDE = (
    ("Cách dùng", "Mỗi dòng của trang “Câu hỏi” là một câu hỏi. Không gộp ô, không dùng công thức; tối đa 5.000 dòng."),
    ("Dòng ví dụ", f"Các dòng có mã bắt đầu bằng “{EXAMPLE_CODE}” chỉ để làm mẫu và được bỏ qua khi nhập; có thể xóa."),
    ("Mã câu hỏi", "Không bắt buộc. Nếu có thì mỗi câu một mã, không trùng nhau."),
    (
        "Loại câu hỏi",
        (
            "Một đáp án, Nhiều đáp án, Đúng/Sai, Đúng/Sai từng ý, Trả lời ngắn, Điền số, Ghép đôi, Sắp xếp, "
            "Điền chỗ trống, Tự luận hoặc Dự đoán. Để trống thì hệ thống suy ra từ các phương án và đáp án."
        ),
    ),
    (
        "Nội dung câu hỏi",
        (
            "Bắt buộc. Có thể xuống dòng trong ô bằng Alt+Enter. Câu Điền chỗ trống: viết đáp án tại chỗ trống, "
            "[[công an | CA]] để tự ghi, [[= 14 ± 1]] để ghi số, [[tòa án / *công an]] để chọn."
        ),
    ),
    (
        "Phương án A, B, C…",
        "Ghi lần lượt từ A, không bỏ trống ở giữa. Câu Đúng/Sai ghi “Đúng” và “Sai”. Có thể thêm cột đến Phương án T.",
    ),
    (
        "Phương án của câu Ghép đôi, Sắp xếp",
        (
            "Ghép đôi: mỗi ô một cặp “vế trái = vế phải”, vế phải thừa ghi “= vế phải”. "
            "Sắp xếp: ghi các bước theo đúng thứ tự. Trả lời ngắn, Điền số, Tự luận: để trống."
        ),
    ),
    ("Đáp án", "Ghi chữ cái của phương án đúng: A hoặc A, C; câu Đúng/Sai có thể ghi Đúng."),
    (
        "Đáp án của các loại khác",
        (
            "Đúng/Sai từng ý: “Đ, S, S, Đ”. Trả lời ngắn: “đáp án 1 | đáp án 2”. Điền số: “3,5” hoặc “3,5 ± 0,5” "
            "(sai số). Ghép đôi, Sắp xếp, Tự luận, Dự đoán: để trống."
        ),
    ),
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
    ("Tình huống", "Đoạn văn dùng chung cho nhiều câu: ghi giống hệt nhau ở các dòng cùng tình huống."),
    ("Điểm từng phần", "Có: trả lời đúng một phần được một phần điểm. Để trống: chỉ câu Đúng/Sai từng ý được như vậy."),
    ("Số từ tối đa", "Chỉ cho câu Tự luận, ví dụ 1000; cũng có thể ghi “từ 200 đến 1000”."),
    ("Điểm", "Số điểm gợi ý, ví dụ 0,5. Để trống thì theo thể lệ cuộc thi."),
)
