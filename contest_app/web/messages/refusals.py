"""What a refusal says: what happened, and what to do next. Keys are the codes services raise."""

from flask_babel import lazy_gettext as _l

REFUSALS = {
    "not_found": _l("Trang này không có, hoặc không thuộc về bạn."),
    "round_not_open": _l("Đợt thi chưa mở. Đợt này mở lúc %(opens)s."),
    "round_closed": _l("Đợt thi đã đóng lúc %(closes)s nên không bắt đầu lượt mới được nữa."),
    "contest_not_open": _l("Cuộc thi chưa được ban tổ chức mở."),
    "no_attempts_left_round": _l("Bạn đã dùng hết %(limit)s lượt thi của đợt này."),
    "no_attempts_left_contest": _l("Bạn đã dùng hết %(limit)s lượt thi của cuộc thi này."),
    "roster_only": _l("Cuộc thi này chỉ dành cho tài khoản do ban tổ chức cấp theo danh sách. Hãy hỏi ban tổ chức."),
    "too_young": _l("Cuộc thi dành cho người từ %(age)s tuổi (tính theo năm sinh)."),
    "too_old": _l("Cuộc thi dành cho người không quá %(age)s tuổi (tính theo năm sinh)."),
    "unit_not_invited": _l("Đơn vị của bạn không thuộc đối tượng dự thi. Hãy chọn lại đơn vị hoặc hỏi ban tổ chức."),
    "excluded": _l("Tài khoản này thuộc diện không tham gia dự thi theo thể lệ."),
    "no_group_fits": _l("Không có bảng thi nào hợp với năm sinh đã khai. Hãy kiểm tra lại năm sinh."),
    "details_locked": _l("Bạn đã bắt đầu thi nên không sửa được thông tin đăng ký. Hãy liên hệ ban tổ chức."),
    "bad_token": _l("Đường dẫn bài thi không hợp lệ. Hãy mở lại bài thi từ trang cuộc thi."),
    "bad_sheet": _l("Bài gửi lên không đúng dạng nên không lưu được. Hãy tải lại trang rồi thử lại."),
    "stale": _l("Máy chủ đã có bản mới hơn của bài làm này."),
    "taken_over": _l("Bài thi này đã được mở tiếp trên thiết bị khác. Hãy làm tiếp ở thiết bị đó."),
    "overdue": _l("Đã hết giờ làm bài. Bản vừa gửi đến muộn, được giữ riêng cho ban tổ chức xem xét."),
    "closed": _l("Bài thi đã nộp nên không lưu thêm được. Bản vừa gửi được giữ riêng cho ban tổ chức xem xét."),
    "reason_needed": _l("Cần ghi lý do (ít nhất 5 ký tự) để quyết định được lưu vào nhật ký."),
    "attempt_still_open": _l("Lượt thi này chưa kết thúc nên chưa làm được việc này."),
    "nobody_answering": _l("Không có bài nào đang làm nên chưa thêm giờ cho ai."),
    "attempt_not_open": _l("Lượt thi này đã kết thúc. Hãy dùng “Mở lại” nếu cần cho làm tiếp."),
    "already_voided": _l("Lượt thi này đã bị hủy trước đó."),
    "not_voided": _l("Lượt thi này không bị hủy."),
    "round_over": _l("Đợt thi đã kết thúc nên không mở lại hay thêm giờ được."),
    "already_open": _l("Cuộc thi đã mở."),
    "ranking_hidden": _l("Bảng xếp hạng chưa được công bố. Hãy xem thời gian công bố ở trang cuộc thi."),
    "job_over": _l("Việc này đã kết thúc nên không hủy được nữa."),
    "job_not_stopped": _l("Việc này chưa dừng nên chưa làm lại được. Hãy đợi xong, hoặc hủy trước."),
    "job_no_file": _l("Việc này chưa có tệp để tải. Hãy mở trang của việc để xem đã xong chưa."),
    "job_too_old": _l("Tệp này đã quá 7 ngày nên không tải được nữa. Hãy yêu cầu làm lại từ trang của cuộc thi."),
    "results_final": _l("Kết quả đã chốt nên không thay đổi được nữa."),
    "key_too_early": _l("Đáp án chỉ công bố được sau khi đợt thi cuối đóng lúc %(closes)s."),
    "correction_empty": _l("Hãy chọn ít nhất một phương án đúng, hoặc chọn cho mọi thí sinh hưởng điểm câu này."),
    "essays_unmarked": _l("Còn %(count)s bài tự luận chưa chấm nên chưa chốt kết quả được. Hãy chấm xong rồi chốt."),
    "bad_rating": _l("Hãy chọn một mức từ 1 đến 5."),
    "already_rated": _l("Bạn đã chấm mức hài lòng cho cuộc thi này. Không sửa được vì hệ thống không lưu ai chọn gì."),
    "too_few_to_publish": _l(
        "Có dưới %(fewest)s người dự thi: dữ liệu dù bỏ tên vẫn đoán ra người nên không xuất được."
    ),
    "data_too_early": _l(
        "Dữ liệu mở chỉ có sau khi cuộc thi đóng lúc %(closes)s và không còn ai đang làm bài. Hãy quay lại sau lúc đó."
    ),
    "not_submitted": _l("Hãy nộp bài trước rồi mới đánh giá cuộc thi."),
    "own_paper": _l("Đây là bài của chính bạn nên người khác phải chấm."),
    "bad_points": _l("Điểm phải là số từ 0 đến điểm tối đa của câu. Hãy ghi lại, ví dụ 7,5."),
    "not_all_closed": _l("Còn đợt thi chưa kết thúc nên chưa chốt kết quả được."),
    "own_question": _l("Người soạn không tự duyệt câu hỏi của mình. Hãy nhờ người khác duyệt."),
    "bad_transition": _l("Không chuyển câu hỏi từ “%(before)s” sang “%(after)s” được."),
    "question_problems": _l("Câu hỏi còn lỗi nên chưa lưu được."),
    "comment_empty": _l("Hãy ghi góp ý: cần sửa chỗ nào, sửa thế nào. Người soạn đọc góp ý này."),
    "no_stem_column": _l("Chưa chọn cột nào là nội dung câu hỏi. Hãy chọn rồi xem thử lại."),
    "column_chosen_twice": _l("Có hai cột cùng chọn một mục. Hãy để mỗi mục ở một cột, cột thừa thì bỏ qua."),
    "nothing_to_accept": _l("Chưa có câu nào để nhận: mọi câu đều có lỗi hoặc đã bỏ qua."),
    "already_undone": _l("Lần nhập này đã được hoàn tác."),
    "approved_among_them": _l(
        "Trong lần nhập này có %(count)s câu đã duyệt. Hãy đánh dấu đồng ý xóa cả các câu đó, rồi hoàn tác lại."
    ),
    "preview_gone": _l("Bản xem trước đã hết hạn. Hãy tải tệp lên lại."),
    "file_missing": _l("Chưa chọn tệp. Hãy bấm “Chọn tệp” rồi chọn tệp cần tải lên."),
    "empty_upload": _l("Tệp vừa chọn không có nội dung (0 byte). Hãy mở tệp kiểm tra rồi tải lên lại."),
    "bad_file": _l("%(reason)s"),
    "number_missing": _l("Hãy ghi số hiệu văn bản, ví dụ 36/2024/QH15."),
    "number_taken": _l("Số hiệu này đã có trong danh mục (%(number)s). Hãy mở văn bản đó để sửa."),
    "unknown_document": _l(
        "Danh mục chưa có văn bản %(number)s. Hãy thêm văn bản đó trước, hoặc kiểm tra lại số hiệu."
    ),
    "circular_replacement": _l("Văn bản không thể được thay bằng chính nó, dù trực tiếp hay qua %(number)s."),
    "ends_before_start": _l(
        "Văn bản hết hiệu lực sau ngày %(last)s, trước khi ban hành hoặc có hiệu lực (%(first)s). "
        "Hãy kiểm tra lại các ngày, kể cả ngày có hiệu lực của văn bản thay thế."
    ),
    "document_cited": _l(
        "Không xóa được %(number)s vì có câu hỏi (kể cả bản cũ, câu ngừng dùng) căn cứ vào. "
        "Nếu văn bản không còn dùng, hãy ghi ngày hết hiệu lực."
    ),
    "document_replaces": _l("Không xóa được %(number)s vì văn bản này đang được ghi là thay cho %(replaced)s."),
    "act_in_force": _l("Văn bản %(number)s chưa ghi ngày hết hiệu lực nên không cần xác nhận."),
    "nothing_chosen": _l("Hãy đánh dấu ít nhất một câu hỏi, hoặc đánh dấu “Tất cả”."),
    "ended_acts": _l(
        "Kho đề có %(count)s câu căn cứ vào văn bản hết hiệu lực trước ngày cuộc thi đóng: %(acts)s. "
        "Hãy đánh dấu “Vẫn dùng các câu này” và ghi lý do, hoặc rút xác nhận của các câu đó."
    ),
    "evaluation_needed": _l("Cuộc thi lớn: hãy mở trang Đánh giá, bấm “Đánh giá ngay”, đợi xong rồi lập báo cáo."),
    "results_not_final": _l(
        "Kết quả chưa chốt nên chưa lập được văn bản này. "
        "Hãy mở trang Kết quả, kiểm tra rồi bấm “Chốt kết quả”, sau đó lập văn bản."
    ),
    "document_number_taken": _l(
        "Số %(number)s năm %(year)s đã dùng cho “%(contest)s”. Hãy ghi số khác, hoặc để trống để văn thư ghi tay."
    ),
    "template_too_large": _l(
        "Biểu mẫu quá lớn khi mở ra. Hãy xóa các trang và dữ liệu không thuộc biểu mẫu rồi tải lên lại."
    ),
    "template_name_taken": _l("Đơn vị đã có biểu mẫu tên “%(name)s”. Hãy đặt tên khác, hoặc xóa biểu mẫu cũ."),
    "no_such_cell": _l("Không có ô “%(cell)s” trong trang này. Hãy ghi địa chỉ ô như B5 (đến cột IV, dòng 10000)."),
    "unknown_fact": _l("Hãy chọn số liệu cần điền và phạm vi tính."),
    "too_many_places": _l("Một biểu mẫu điền được nhiều nhất %(most)s ô. Hãy bỏ bớt ô không cần."),
    "bad_period": _l(
        "Kỳ báo cáo chưa đúng: hãy chọn kỳ và năm, hoặc ghi đủ hai ngày với ngày đầu không sau ngày cuối."
    ),
    "duplicate_slug": _l("Đường dẫn “%(slug)s” đã có cuộc thi khác dùng. Hãy chọn đường dẫn khác."),
    "login_taken": _l("Tên đăng nhập này đã có người dùng."),
    "login_failed": _l("Tên đăng nhập hoặc mật khẩu không đúng."),
    "locked": _l(
        "Tài khoản tạm khóa vì nhập sai nhiều lần. "
        "Hãy thử lại sau %(minutes)s phút hoặc nhờ ban tổ chức cấp lại mật khẩu."
    ),
    "code_failed": _l("Mã xác thực không đúng hoặc đã dùng. Hãy nhập mã 6 số đang hiện trên ứng dụng."),
}
