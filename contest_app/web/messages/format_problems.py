"""What is wrong in a file of another system (Moodle, QTI, H5P, …), and what to do next."""

from flask_babel import lazy_gettext as _l

FORMAT_PROBLEMS = {
    "aiken_no_space": _l(
        "Sau chữ %(letter)s thiếu dấu cách (Aiken cần “%(letter)s) nội dung”). Phương án vẫn được lấy; hãy "
        "thêm dấu cách."
    ),
    "aiken_not_finished": _l(
        "Câu “%(found)s” chưa có dòng “ANSWER: …” nên không được lấy. Hãy thêm dòng đáp án sau các phương án."
    ),
    "aiken_not_started": _l(
        "Dòng “%(found)s” không thuộc câu hỏi nào. Hãy thêm nội dung câu hỏi ở trên, hoặc bỏ dòng này."
    ),
    "blank_options_ignored": _l("Bỏ qua %(found)s phương án để trống. Hãy kiểm tra lại các phương án của câu."),
    "broken_csv": _l(
        "Tệp CSV hỏng từ dòng %(line)s (thường do thiếu dấu nháy kép). Hãy sửa dòng đó hoặc xuất lại tệp."
    ),
    "cards_are_short_answers": _l(
        "Mỗi thẻ thành một câu trả lời ngắn: mặt sau là đáp án phải gõ đúng. Hãy kiểm tra xem các đáp án có "
        "gõ được không."
    ),
    "category_details_not_taken": _l(
        "Mô tả hoặc mã của danh mục (“%(found)s”) không được lấy, chỉ lấy tên làm chủ đề. Hãy ghi lại ở nơi "
        "khác nếu cần."
    ),
    "columns_guessed": _l(
        "Tệp không theo mẫu; các cột được hiểu như sau: %(found)s. Hãy kiểm tra, nếu sai hãy chọn lại cột."
    ),
    "feedback_ignored": _l(
        "Bỏ qua %(found)s lời phản hồi không gắn được với phương án nào. Nếu cần, hãy chép vào phần giải thích."
    ),
    "fields_guessed": _l("Tệp JSON của phần mềm khác; các mục được hiểu như sau: %(found)s. Hãy kiểm tra lại vài câu."),
    "formula_as_text": _l(
        "Có %(found)s công thức được đổi thành chữ (ví dụ x², √(x), (a)/(b)). Hãy kiểm tra lại, nếu sai "
        "nghĩa thì thay bằng hình ảnh."
    ),
    "free_answer_as_explanation": _l(
        "Đáp án tự luận dài nên được chuyển vào phần giải thích: “%(found)s…”. Hãy kiểm tra lại."
    ),
    "free_answer_as_short": _l(
        "Câu tự luận được nhập thành câu trả lời ngắn với đáp án “%(found)s”. Hãy bổ sung các cách trả lời "
        "đúng khác hoặc đổi loại câu."
    ),
    "gap_unreadable": _l(
        "Không hiểu chỗ trống “%(found)s”. Hãy viết dạng {1:MULTICHOICE:=đúng~sai}, {1:SHORTANSWER:=…} hoặc "
        "{1:NUMERICAL:=…} và đóng ngoặc."
    ),
    "gaps_differ_in_case": _l(
        "Có chỗ trống phân biệt chữ hoa, có chỗ không; hệ thống dùng chung cho cả câu là không phân biệt. "
        "Hãy kiểm tra lại."
    ),
    "gift_answer_unmarked": _l(
        "Đáp án “%(found)s” không có dấu = hoặc ~ ở trước. Hãy thêm dấu, hoặc kiểm tra lại chữ TRUE/FALSE."
    ),
    "gift_braces": _l(
        "Câu “%(found)s” cần đúng một cặp ngoặc { … } chứa đáp án, không có dòng trống bên trong. Hãy sửa "
        "lại; ngoặc nhọn trong lời văn viết là \\{ và \\}."
    ),
    "h5p_part_missing": _l(
        "Tệp H5P thiếu phần “%(name)s” hoặc phần đó bị hỏng. Hãy tải lại tệp .h5p từ hệ thống đã soạn."
    ),
    "illegal_fraction": _l(
        "Câu “%(title)s” có tỉ lệ điểm %(found)s%% mà Moodle không chấp nhận nên không được lấy. Hãy sửa tỉ "
        "lệ (ví dụ 33.33333) rồi tải lên lại."
    ),
    "kahoot_headings": _l(
        "Tệp Kahoot (CSV) cần dòng đầu là tiêu đề: Question, Answer 1, Answer 2, …, Correct. Hãy thêm dòng "
        "tiêu đề rồi tải lên lại."
    ),
    "keys_counted_from": _l("Đáp án ghi bằng số, được đếm từ %(base)s. Hãy kiểm tra lại vài câu."),
    "keys_perhaps_counted_from": _l(
        "Đáp án ghi bằng số nhưng tệp không cho biết đếm từ 0 hay từ 1; đã hiểu là đếm từ %(base)s. Hãy kiểm "
        "tra đáp án trước khi nhập."
    ),
    "markdown_not_drawn": _l(
        "Câu này viết bằng Markdown; các dấu như **đậm** được giữ nguyên dạng chữ. Hãy xem lại và định dạng "
        "lại nếu cần."
    ),
    "media_in_feedback": _l(
        "Tệp “%(name)s” nằm trong lời phản hồi nên không nhận (hiện cùng câu hỏi sẽ lộ đáp án). Hãy mô tả bằng chữ."
    ),
    "member_damaged": _l(
        "Tệp “%(name)s” trong gói bị hỏng nên không đọc được; các tệp khác vẫn được đọc. Hãy xuất lại gói."
    ),
    "member_missing": _l(
        "Gói câu hỏi kê khai tệp “%(name)s” nhưng không có tệp này. Hãy kiểm tra xem có thiếu câu không, "
        "hoặc xuất lại gói."
    ),
    "member_of_other_format": _l(
        "Tệp “%(name)s” trong gói thuộc phiên bản QTI khác nên không được đọc. Hãy tách các câu đó thành gói "
        "riêng rồi nhập."
    ),
    "missing_in_part": _l(
        "%(part)s: không thấy câu %(number)s. Hãy kiểm tra xem câu có bị sót hoặc trình bày khác không."
    ),
    "no_cards": _l(
        "Không thấy thẻ Anki nào. Hãy xuất từ Anki dạng “Notes in Plain Text (.txt)”, mã UTF-8, các cột cách "
        "nhau bằng tab."
    ),
    "not_csv": _l(
        "Tệp không phải bảng CSV (các dòng không cùng số cột, phân cách bằng dấu phẩy, chấm phẩy hoặc tab). "
        "Hãy lưu lại từ Excel."
    ),
    "not_qti": _l(
        "Tệp XML không phải câu hỏi QTI (phần tử ngoài cùng là “%(found)s”). Hãy xuất lại dạng QTI 2.1, 2.2 hoặc 3.0."
    ),
    "not_writable": _l(
        "Câu này không ghi được vào tệp vì nội dung trông như đáp án hoặc tiêu đề. Hãy sửa nội dung hoặc "
        "xuất dạng JSON."
    ),
    "numbered_through": _l(
        "Các phần của đề đánh số lại từ đầu, nên số câu trong thông báo được đếm liên tục: %(found)s. Không "
        "cần làm gì thêm."
    ),
    "odd_fraction": _l(
        "Tỉ lệ điểm %(found)s%% không phải tỉ lệ Moodle dùng, tổng có thể không đủ 100%%. Hãy kiểm tra, ví "
        "dụ 33.33333 thay cho 33."
    ),
    "old_font_letters": _l(
        "%(found)s câu có chữ “ƣ” sai do phông cũ, ví dụ “nhà nƣớc” (câu, dòng %(rows)s). Văn bản được giữ "
        "nguyên; hãy chọn sửa nếu đúng là chữ “ư”."
    ),
    "parts_not_taken": _l(
        "Có %(found)s câu có phần này (xem tên cột) mà hệ thống không có chỗ chứa nên không lấy. Hãy chép "
        "sang phần giải thích nếu cần."
    ),
    "pattern_not_in_format": _l(
        "Đáp án “%(found)s” dùng dấu * thay cho nội dung bất kỳ, định dạng này không ghi được nên bỏ qua. "
        "Hãy ghi rõ các đáp án được chấp nhận."
    ),
    "qti_case_mixed": _l(
        "Câu “%(title)s” chỉ phân biệt chữ hoa, chữ thường ở một số đáp án; đã lấy là phân biệt cho cả câu. "
        "Hãy kiểm tra lại."
    ),
    "qti_choice_left_out": _l(
        "Câu “%(title)s” có lựa chọn “%(found)s” không thuộc thứ tự đúng nên bị bỏ qua. Hãy kiểm tra lại các bước."
    ),
    "qti_feedback_left_out": _l(
        "Câu “%(title)s” có phản hồi “%(found)s” không gắn được với phương án nào nên bị bỏ qua. Nếu cần, "
        "hãy ghi vào phần giải thích."
    ),
    "qti_file_missing": _l("Gói nhắc đến tệp “%(name)s” nhưng không có tệp đó. Hãy xuất lại gói hoặc bổ sung tệp."),
    "qti_no_interaction": _l(
        "Câu “%(title)s” không có chỗ trả lời trong nội dung; đã dựng lại từ phần đáp án. Hãy kiểm tra và bổ "
        "sung phương án."
    ),
    "qti_no_items": _l("Gói không có câu hỏi QTI 2 hoặc QTI 3 nào. Hãy kiểm tra lại phiên bản khi xuất gói."),
    "qti_not_scored": _l(
        "Câu “%(title)s” không kèm cách chấm nên tệp gốc không tự chấm được; đáp án lấy theo phần khai báo. "
        "Hãy kiểm tra lại đáp án."
    ),
    "qti_nothing_to_answer": _l(
        "Mục “%(title)s” chỉ có nội dung để đọc, không có câu hỏi nên bị bỏ qua. Nếu cần, hãy ghi vào phần "
        "tình huống của các câu sau."
    ),
    "qti_scores_approximated": _l(
        "Cách chấm từng phần của câu “%(title)s” không giữ được trọn vẹn (ví dụ điểm âm). Hãy kiểm tra lại "
        "trọng số các phương án."
    ),
    "qti_scoring_not_understood": _l(
        "Không thực hiện được cách chấm của câu “%(title)s” (%(found)s); đáp án lấy theo phần khai báo. Hãy "
        "kiểm tra lại đáp án và điểm."
    ),
    "qti_test_alone": _l("Tệp này chỉ là danh sách của đề QTI, không có câu hỏi bên trong. Hãy tải lên cả gói .zip."),
    "question_elsewhere": _l(
        "Đề chỉ dẫn đến câu hoặc ngân hàng “%(found)s” không có trong tệp. Hãy xuất cả ngân hàng câu hỏi đó."
    ),
    "repeated_pairs_ignored": _l("Có %(found)s cặp ghép lặp lại nên chỉ giữ một. Hãy kiểm tra lại câu ghép đôi này."),
    "settings_ignored": _l(
        "Không nhận các thiết lập “%(found)s” của câu này vì hệ thống không có chỗ chứa. Hãy kiểm tra lại câu."
    ),
    "several_full_answers": _l(
        "Có %(found)s phương án được trọn điểm: hệ thống hiểu là phải chọn đủ cả, còn Moodle chấp nhận một "
        "trong số đó. Hãy kiểm tra lại."
    ),
    "sheet_not_found": _l("Tệp không có trang “%(sheet)s”. Hãy chọn lại trang cần đọc."),
    "situation_lacks_questions": _l(
        "Tình huống ghi dùng cho câu %(first)s đến câu %(last)s nhưng chỉ tìm thấy %(found)s câu. Hãy kiểm "
        "tra lại số câu."
    ),
    "situation_without_range": _l(
        "Tình huống không ghi dùng cho câu nào, nên chỉ gắn với câu này. Hãy ghi rõ, ví dụ “(dùng cho các câu 5-7)”."
    ),
    "symbol_ignored": _l(
        "Có %(found)s ký hiệu đặc biệt (Symbol, Wingdings) không đọc được. Hãy gõ lại bằng ký tự thường hoặc "
        "thay bằng hình ảnh."
    ),
    "table_outside_stem": _l(
        "Có bảng nằm sau các phương án; đã chuyển vào nội dung câu hỏi. Hãy kiểm tra lại vị trí của bảng."
    ),
    "text_not_in_format": _l(
        "Dạng tệp này không ghi được nội dung “%(found)s” nên câu bị bỏ ra. Hãy sửa nội dung đó hoặc xuất dạng khác."
    ),
    "truths_differ": _l(
        "Đáp án ghi %(found)s ý đúng/sai nhưng câu có %(expected)s ý. Hãy ghi đủ cho từng ý, ví dụ “Đ, S, S, Đ”."
    ),
    "unreadable_tolerance": _l("Không hiểu sai số trong đáp án “%(found)s”. Hãy ghi dạng “3,5 ± 0,5”."),
    "unreadable_truths": _l(
        "Không hiểu đáp án đúng/sai “%(found)s”. Hãy ghi cho từng ý, ví dụ “Đ, S, S, Đ” hoặc “a) Đ b) S”."
    ),
    "unsupported_package": _l(
        "Gói không có tệp câu hỏi QTI nào đọc được (gói khai báo: %(found)s). Hãy xuất lại dạng QTI 1.2, QTI "
        "2.1 hoặc Common Cartridge."
    ),
    "unsupported_type": _l(
        "Không đọc được câu “%(title)s”: loại “%(found)s” chưa được hỗ trợ. Hãy đổi câu này sang trắc "
        "nghiệm, điền khuyết, ghép đôi, sắp thứ tự hoặc tự luận rồi nhập lại."
    ),
    "xml_repaired": _l(
        "Tệp XML %(name)s có lỗi ở dòng %(line)s; đã đọc những gì hiểu được. Hãy kiểm tra các câu từ dòng đó "
        "trở đi, hoặc xuất lại tệp."
    ),
}
