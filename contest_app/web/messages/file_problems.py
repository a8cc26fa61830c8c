"""What is wrong with an uploaded file, and how to mend it. Keys: the codes of ``question_bank``, ``web.tables``."""

from flask_babel import lazy_gettext as _l

from contest_app.web.messages.format_problems import FORMAT_PROBLEMS

FILE_PROBLEMS = {
    "not_a_zip": _l(
        "Tệp nén (.xlsx, .docx, .zip, .h5p) đã hỏng hoặc không đúng loại. Hãy mở bằng chương trình đã tạo ra nó, "
        "lưu lại rồi tải lên."
    ),
    "wrong_office_type": _l(
        "Tệp không đúng loại: cần tệp .%(expected)s. Hãy mở tệp, lưu lại (Save As) đúng loại đó rồi tải lên."
    ),
    "macro_file": _l("Tệp có chứa macro nên không được nhận. Hãy lưu lại dạng .xlsx/.docx không macro."),
    "zip_bomb": _l("Tệp nén bất thường (giải nén ra quá lớn) nên không được nhận. Hãy sao chép nội dung sang tệp mới."),
    "old_office_format": _l(
        "Tệp Office đời cũ (.xls, .doc) hoặc có mật khẩu. Hãy bỏ mật khẩu, lưu lại dạng .xlsx/.docx."
    ),
    "unsafe_xml": _l("Tệp chứa khai báo XML không an toàn nên không được nhận. Hãy sao chép nội dung sang tệp mới."),
    "broken_xml": _l(
        "Nội dung bên trong tệp bị hỏng (phần “%(name)s”, dòng %(line)s: %(reason)s). Hãy lưu lại hoặc xuất lại tệp từ "
        "chương trình đã tạo ra nó."
    ),
    "path_traversal": _l(
        "Tệp nén chứa đường dẫn không an toàn (%(name)s) nên không được nhận. Hãy sao chép nội dung sang tệp mới."
    ),
    "too_large": _l("Tệp quá lớn: tối đa %(megabytes)s MB. Hãy chia nhỏ tệp hoặc bỏ bớt hình ảnh."),
    "unreadable": _l("Không đọc được tệp. Hãy mở bằng Excel/Word rồi lưu lại, sau đó tải lên lại."),
    "unreadable_file": _l(
        "Tệp có nội dung bất thường nên không đọc được. Hãy mở bằng Excel/Word, lưu thành tệp mới rồi tải lên lại."
    ),
    "file_not_readable": _l("Không mở được tệp “%(name)s”. Hãy kiểm tra đường dẫn và quyền đọc tệp."),
    "unknown_format": _l(
        "Không nhận ra loại tệp “%(name)s”: nội dung không thuộc dạng nào hệ thống đọc được. Hãy lưu lại dạng Excel, "
        "Word hoặc văn bản."
    ),
    "key_file_needs_docx": _l(
        "Tệp đáp án riêng chỉ dùng được với tệp câu hỏi Word (.docx). Hãy ghi đáp án vào ngay tệp câu hỏi."
    ),
    "no_keys_in_key_file": _l(
        "Không thấy đáp án nào trong tệp đáp án. Hãy ghi dạng bảng “Câu – Đáp án” hoặc dòng “1-A 2-B”."
    ),
    "empty_file": _l("Tệp không có dữ liệu. Hãy kiểm tra lại tệp đã chọn."),
    "no_questions": _l(
        "Không tìm thấy câu hỏi nào trong tệp. Hãy trình bày như tệp mẫu, hoặc “Câu 1: …”, “A. …”, “Đáp án: …”."
    ),
    "not_utf8": _l("Tệp văn bản không dùng mã Unicode (có thể là TCVN3, VNI). Hãy chuyển mã rồi lưu lại dạng UTF-8."),
    "not_text": _l("Tệp không phải là văn bản thuần. Hãy lưu lại dạng .txt (UTF-8), hoặc dùng tệp .xlsx, .docx."),
    "not_json": _l(
        "Tệp JSON sai cú pháp (dòng %(line)s, ký tự %(position)s). Hãy sửa chỗ đó hoặc xuất lại tệp từ hệ thống."
    ),
    "wrong_json_format": _l(
        "Tệp JSON không phải ngân hàng câu hỏi của hệ thống (cần mục format là “%(expected)s”). Hãy xuất lại tệp."
    ),
    "unknown_version": _l(
        "Phiên bản tệp JSON là “%(found)s”, hệ thống đọc được phiên bản %(expected)s. Hãy xuất lại tệp."
    ),
    "questions_not_a_list": _l(
        "Mục questions của tệp JSON phải là một danh sách câu hỏi. Hãy sửa lại hoặc xuất lại tệp."
    ),
    "too_many_rows": _l("Bảng có quá nhiều dòng (tối đa %(most)s). Hãy chia thành nhiều tệp."),
    "too_many_cells": _l(
        "Bảng tính có %(found)s ô, tối đa %(most)s. Hãy xóa các dòng, cột và trang không dùng hoặc chia thành "
        "nhiều tệp."
    ),
    "cell_too_long": _l(
        "Nội dung cho ô dòng %(row)s, cột %(column)s dài quá %(most)s ký tự nên Excel không chứa được. Hãy xuất "
        "dạng JSON."
    ),
    "merged_cells": _l("Ô gộp tại %(range)s. Hãy bỏ gộp ô (Unmerge) rồi tải lên lại."),
    "formula_cell": _l("Ô %(cell)s chứa công thức. Hãy dán giá trị (Paste Values) rồi tải lên lại."),
    "error_cell": _l("Ô %(cell)s đang báo lỗi “%(found)s”. Hãy sửa ô đó thành nội dung thật."),
    "number_too_large": _l(
        "Số ở ô %(cell)s quá lớn nên Excel không giữ đúng. Hãy định dạng ô là Văn bản (Text) rồi nhập lại."
    ),
    "not_typed_as_text": _l(
        "Ô %(cell)s là ngày hoặc số có định dạng nên có thể hiện khác với khi nhập. Hãy kiểm tra, nên định dạng ô "
        "là Text."
    ),
    "header_not_found": _l("Không thấy dòng tiêu đề trong 10 dòng đầu. Hãy dùng tệp mẫu."),
    "no_heading_row": _l(
        "Không thấy dòng tiêu đề (Nội dung câu hỏi, Phương án A…, Đáp án) trong %(within)s dòng đầu. Hãy dùng tệp mẫu."
    ),
    "missing_column": _l("Thiếu cột “%(heading)s”. Hãy thêm cột này hoặc dùng tệp mẫu."),
    "repeated_column": _l("Cột “%(heading)s” xuất hiện hai lần. Hãy xóa bớt một cột."),
    "repeated_heading": _l("Cột này trùng ý nghĩa với cột “%(first)s”. Hãy xóa hoặc đổi tên một cột."),
    "unknown_column": _l("Không hiểu tiêu đề cột này nên bỏ qua cả cột. Nếu cần, hãy đặt lại tên cột theo tệp mẫu."),
    "hidden_column": _l("Cột này đang ẩn nhưng vẫn được đọc. Hãy bỏ ẩn để kiểm tra, hoặc xóa cột nếu không dùng."),
    "hidden_rows": _l(
        "Có %(found)s dòng đang ẩn nên không được đọc (dòng %(rows)s). Nếu cần, hãy bỏ ẩn rồi tải lên lại."
    ),
    "hidden_sheet": _l("Trang “%(sheet)s” đang ẩn nên không được đọc. Nếu cần, hãy bỏ ẩn rồi tải lên lại."),
    "sheet_ignored": _l(
        "Chỉ đọc trang “%(read)s”, bỏ qua trang “%(sheet)s”. Nếu cần, hãy tách trang đó thành tệp riêng."
    ),
    "example_rows_skipped": _l("Đã bỏ qua %(found)s dòng ví dụ của tệp mẫu (dòng %(rows)s). Không cần làm gì thêm."),
    "empty_cell": _l("Ô đang để trống. Hãy điền vào ô này."),
    "not_a_number": _l("“%(found)s” không phải là số nguyên. Hãy ghi bằng chữ số."),
    "repeated_value": _l("“%(found)s” bị lặp (đã có ở dòng %(first)s). Hãy sửa hoặc xóa bớt."),
    "unknown_value": _l("Không hiểu “%(found)s”. Chấp nhận: %(accepted)s."),
    "unknown_parent": _l("Không có đơn vị cấp trên mã “%(found)s” trong tệp hay trong hệ thống. Hãy kiểm tra lại mã."),
    "unknown_unit": _l("Không có đơn vị mã “%(found)s” trong phạm vi của bạn. Hãy kiểm tra lại mã."),
    "person_there": _l(
        "Người cùng tên, cùng đơn vị, cùng năm sinh đã có (%(found)s). Hãy bỏ dòng này, "
        "hoặc ghi tên đăng nhập riêng nếu là hai người khác nhau."
    ),
    "phone_taken": _l("Số điện thoại “%(found)s” đã có tài khoản khác dùng. Hãy để trống hoặc ghi số khác."),
    "login_taken": _l("Tên đăng nhập “%(found)s” đã có người dùng. Hãy chọn tên khác."),
    "outside_your_units": _l("Đơn vị “%(found)s” nằm ngoài phạm vi của bạn."),
    "circular_parent": _l("Đơn vị “%(found)s” nằm dưới chính nó. Hãy sửa mã đơn vị cấp trên."),
    "empty_stem": _l("Chưa có nội dung câu hỏi. Hãy ghi nội dung."),
    "stem_too_long": _l("Nội dung câu hỏi dài %(found)s ký tự, tối đa %(most)s. Hãy rút gọn."),
    "empty_option": _l("Phương án %(letter)s đang để trống. Hãy ghi nội dung hoặc bỏ phương án này."),
    "option_too_long": _l("Phương án %(letter)s quá dài (tối đa %(most)s ký tự). Hãy rút gọn."),
    "repeated_option": _l("Phương án %(letter)s trùng với phương án khác. Hãy sửa một trong hai."),
    "unknown_kind": _l(
        "Không có loại câu hỏi “%(found)s”. Hãy dùng một loại trong bản mô tả dạng JSON (docs/dang-tep.md)."
    ),
    "unknown_type": _l(
        "Không hiểu loại câu hỏi “%(found)s”. Hãy ghi một loại trong danh sách của tệp mẫu, ví dụ Một đáp án, Đúng/Sai."
    ),
    "unknown_level": _l(
        "Không hiểu mức độ “%(found)s”. Hãy ghi theo tệp mẫu (nhận biết, thông hiểu, vận dụng, vận dụng cao)."
    ),
    "too_few_options": _l("Mới có %(found)s phương án, cần ít nhất %(least)s. Hãy thêm phương án."),
    "too_many_options": _l("Có %(found)s phương án, nhiều nhất %(most)s. Hãy bớt phương án."),
    "no_key": _l("Chưa có đáp án đúng. Hãy ghi đáp án, ví dụ “Đáp án: A”."),
    "too_few_keys": _l(
        "Loại nhiều đáp án cần ít nhất %(least)s đáp án đúng, mới có %(found)s. Hãy thêm đáp án hoặc đổi loại câu hỏi."
    ),
    "too_many_keys": _l("Có %(found)s đáp án đúng, nhiều nhất %(most)s. Hãy bớt đáp án hoặc đổi loại câu hỏi."),
    "option_names_letters": _l(
        "Có phương án nhắc đến phương án khác (“Cả A và B”, “các ý trên”): sẽ sai nghĩa khi đảo thứ tự. Hãy viết "
        "lại hoặc giữ cố định vị trí các phương án được nhắc đến."
    ),
    "code_too_long": _l("Mã câu hỏi dài %(found)s ký tự, tối đa %(most)s. Hãy đặt mã ngắn hơn."),
    "topic_too_long": _l("Tên chủ đề dài %(found)s ký tự, tối đa %(most)s. Hãy đặt tên ngắn hơn."),
    "law_ends_before_start": _l("Văn bản %(act)s hết hiệu lực trước ngày có hiệu lực. Hãy sửa lại ngày."),
    "unknown_act": _l("Danh mục và tệp không có văn bản số “%(found)s”. Hãy thêm một dòng cho văn bản đó."),
    "circular_act": _l(
        "Văn bản %(found)s được ghi là thay bằng chính nó, trực tiếp hay qua văn bản khác. Hãy sửa lại."
    ),
    "law_without_number": _l("Căn cứ pháp lý chưa có số hiệu văn bản. Hãy bổ sung, ví dụ 36/2024/QH15."),
    "law_lines_differ": _l(
        "Cột này có %(found)s dòng nhưng chỉ có %(expected)s số hiệu văn bản. Hãy ghi mỗi căn cứ một dòng ở mọi cột."
    ),
    "unreadable_date": _l(
        "Không hiểu ngày “%(found)s”. Hãy ghi dạng ngày/tháng/năm, ví dụ 01/01/2025 (trong tệp JSON: 2025-01-01)."
    ),
    "same_wording": _l(
        "Trùng nội dung với câu %(code)s đã có trong ngân hàng. Hãy kiểm tra rồi bỏ một câu nếu thật sự trùng."
    ),
    "near_wording": _l(
        "Gần giống câu %(code)s đã có trong ngân hàng (giống %(ratio)s%%). Hãy so hai câu rồi chọn nhận hay bỏ."
    ),
    "near_question": _l(
        "Gần giống câu ở dòng (câu) %(first)s của tệp (giống %(ratio)s%%). Hãy so hai câu rồi chọn nhận hay bỏ."
    ),
    "repeated_code": _l("Mã câu hỏi “%(found)s” đã có ở câu khác. Hãy đặt mã khác hoặc để trống để hệ thống tự đặt."),
    "repeated_question": _l(
        "Trùng nội dung với câu ở dòng (câu) %(first)s của tệp. Hãy kiểm tra rồi bỏ một câu nếu thật sự trùng."
    ),
    "unreadable_key": _l("Không hiểu đáp án “%(found)s”. Hãy ghi chữ cái của phương án, ví dụ A hoặc A, C."),
    "key_letter_without_option": _l(
        "Ghi chữ %(letter)s nhưng câu không có phương án %(letter)s. Hãy sửa chữ cái hoặc thêm phương án."
    ),
    "keys_disagree": _l(
        "Đáp án ghi ở câu là %(first)s, ở bảng đáp án là %(second)s. Hãy kiểm tra và để một đáp án thống nhất."
    ),
    "key_list_disagrees": _l("Bảng đáp án ghi câu này hai lần: %(first)s và %(second)s. Hãy để một đáp án thống nhất."),
    "key_without_question": _l(
        "Bảng đáp án có câu này nhưng tệp không có câu hỏi mang số đó. Hãy kiểm tra lại cách đánh số."
    ),
    "repeated_key_line": _l("Câu có hai dòng đáp án: “%(first)s” và “%(second)s”. Hãy bỏ một dòng."),
    "ambiguous_number": _l(
        "Có %(times)s câu cùng mang số này nên không biết đáp án trong bảng là của câu nào. Hãy đánh số lại."
    ),
    "marking_ambiguous": _l(
        "Có nhiều phương án được đánh dấu (%(letters)s) nên không lấy làm đáp án. Hãy ghi rõ “Đáp án: …”."
    ),
    "marking_disagrees": _l(
        "Đáp án ghi là %(key)s nhưng phương án được đánh dấu là %(marked)s. Đã lấy đáp án ghi; hãy kiểm tra lại."
    ),
    "keys_from_marking": _l(
        "Đáp án của %(found)s câu được lấy theo phương án gạch chân, in đậm hoặc tô màu. Hãy kiểm tra lại các câu đó."
    ),
    "options_restart": _l(
        "Sau phương án cuối lại có “A.” mới: có thể thiếu dòng “Câu …” của câu kế tiếp. Hãy bổ sung dòng đó."
    ),
    "option_label_repeated": _l("Phương án %(letter)s xuất hiện hai lần. Hãy sửa lại chữ cái."),
    "option_label_skipped": _l("Thiếu phương án %(letter)s. Hãy bổ sung hoặc sửa lại chữ cái."),
    "repeated_number": _l("Có %(times)s câu cùng mang số này. Hãy đánh số lại nếu là nhầm."),
    "missing_number": _l("Không thấy câu mang số này. Hãy kiểm tra xem câu có bị sót hoặc trình bày khác không."),
    "text_ignored": _l("Bỏ qua đoạn “%(found)s” vì không thuộc câu hỏi nào. Hãy kiểm tra xem có sót nội dung không."),
    "tags_dropped": _l("Đã bỏ các thẻ đánh dấu của phần mềm khác ở %(lines)s dòng. Hãy kiểm tra lại các câu đó."),
    "formula_ignored": _l(
        "Có %(found)s công thức toán trong tệp Word không đọc được. Hãy gõ lại bằng chữ hoặc thay bằng hình ảnh."
    ),
    "textbox_ignored": _l("Có %(found)s khung chữ (text box) không được đọc. Hãy chuyển nội dung ra ngoài khung."),
    "tracked_change_ignored": _l(
        "Tệp còn %(found)s chỗ theo dõi sửa đổi (Track Changes). Hãy chấp nhận hoặc từ chối các sửa đổi rồi tải "
        "lên lại."
    ),
    "picture_ignored": _l("Có %(found)s hình không đọc được (dạng lạ hoặc quá lớn). Hãy thay bằng hình PNG hoặc JPEG."),
    "picture_outside_stem": _l(
        "Hình “%(name)s” nằm ngoài phần nội dung câu hỏi; đã gắn vào câu hỏi. Hãy kiểm tra lại."
    ),
    "not_an_object": _l(
        "Mục này của danh sách không phải là một câu hỏi. Hãy sửa lại theo mẫu của tệp xuất từ hệ thống."
    ),
    "wrong_type": _l("Giá trị ở mục này không đúng kiểu. Hãy sửa lại theo mẫu của tệp xuất từ hệ thống."),
    "unknown_field": _l("Không có mục tên này nên bỏ qua. Hãy kiểm tra chính tả tên mục."),
    "media_too_large": _l("Tệp “%(name)s” nặng %(found)s byte, tối đa %(most)s byte. Hãy giảm kích thước."),
    "media_type_differs": _l(
        "Tệp khai là “%(found)s” nhưng nội dung không phải vậy. Hãy dùng hình PNG, JPEG, GIF, WebP, tiếng MP3 hoặc "
        "phim MP4 và khai đúng loại."
    ),
    "media_not_base64": _l("Dữ liệu hình, tiếng hoặc phim không phải mã base64. Hãy xuất lại tệp từ hệ thống."),
    "media_missing": _l("Không thấy tệp “%(name)s” mà câu hỏi nhắc đến. Hãy thêm lại hình hoặc tiếng sau khi nhập."),
    "media_ignored": _l(
        "Tệp “%(name)s” có dạng không dùng được hoặc quá lớn nên bị bỏ. Hãy đổi sang PNG, JPEG, MP3 hoặc MP4 "
        "rồi thêm lại."
    ),
    "too_many_media": _l("Có %(found)s hình, tiếng, phim; nhiều nhất %(most)s. Hãy bớt tệp."),
    "situation_too_long": _l("Tình huống dài %(found)s ký tự, tối đa %(most)s. Hãy rút gọn."),
    "guessed_encoding": _l(
        "Tệp không ở dạng Unicode; đã đọc theo bảng mã %(encoding)s. Hãy xem kỹ dấu tiếng Việt, nếu sai thì lưu lại "
        "tệp dạng UTF-8."
    ),
    "bad_weight": _l("Phần điểm “%(found)s” không hợp lệ: phải từ -100 đến 100 phần trăm. Hãy sửa lại."),
    "answer_not_a_number": _l("Đáp án “%(found)s” không phải là số. Hãy ghi số, ví dụ 18 hoặc 3,5."),
    "number_read_two_ways": _l(
        "“%(found)s” được đọc là %(read)s. Nếu muốn nói %(other)s, hãy ghi %(other)s không có dấu chấm, phẩy."
    ),
    "negative_tolerance": _l("Sai số “%(found)s” nhỏ hơn 0. Hãy ghi số từ 0 trở lên."),
    "too_few_pairs": _l("Mới có %(found)s vế trái, cần ít nhất %(least)s. Hãy thêm cặp."),
    "too_few_matches": _l("Mới có %(found)s vế phải khác nhau, cần ít nhất %(least)s. Hãy thêm vế phải."),
    "prompt_without_match": _l("“%(found)s” chưa có vế phải. Hãy ghi nội dung ghép với nó."),
    "word_limit_upside_down": _l("Số từ ít nhất (%(least)s) lớn hơn nhiều nhất (%(most)s). Hãy sửa lại."),
    "no_gaps": _l("Câu điền chỗ trống chưa có chỗ trống nào. Hãy viết đáp án trong [[ ]] ngay trong nội dung."),
    "too_many_gaps": _l("Có %(found)s chỗ trống, nhiều nhất %(most)s. Hãy tách thành nhiều câu."),
    "gaps_do_not_fit": _l(
        "Số chỗ trống trong nội dung (%(found)s) không khớp với %(expected)s đáp án. Hãy sửa cho khớp."
    ),
    "unknown_gap_kind": _l("Chỗ trống %(gap)s có loại “%(found)s” không dùng được. Hãy dùng chữ, số hoặc lựa chọn."),
    "repeated_step": _l("Có hai bước giống hệt nhau nên không xếp thứ tự được. Hãy viết khác nhau."),
    "kind_not_in_format": _l(
        "Dạng tệp này không có loại câu “%(kind)s” nên câu không được ghi ra. Hãy chọn dạng khác."
    ),
    "not_in_format": _l("Dạng tệp này không có chỗ cho phần này của câu. Nếu cần, hãy chọn dạng tệp khác."),
} | FORMAT_PROBLEMS
