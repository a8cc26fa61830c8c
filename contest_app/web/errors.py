"""Every error a person can meet, on one calm page, or as one shape of JSON."""

import json
import logging
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, jsonify, make_response, render_template, request
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from contest_app.extensions import db
from contest_app.web.messages.texts import refusal_text
from contest_app.web.navigation import is_local
from contest_app.web.refusal import Refusal

log = logging.getLogger("contest_app.errors")


def init_app(app: Flask) -> None:
    app.register_error_handler(Refusal, _show_refusal)
    app.register_error_handler(CSRFError, _show_csrf)
    app.register_error_handler(HTTPException, _show_http)
    app.register_error_handler(Exception, _show_crash)


def wants_json() -> bool:
    best = request.accept_mimetypes.best_match(["text/html", "application/json"])
    return request.is_json or best == "application/json"


def respond(status: int, title: str, text: str, code: str = "", **details: object) -> Response:
    if wants_json():
        return make_response(jsonify(error=code or str(status), message=text, **details), status)
    page = render_template("errors/error.html", status=status, title=title, text=text, back=_previous_page())
    return make_response(page, status)


def _previous_page() -> str:
    """Where the person came from, if that is a page of ours: a mistake must not be a dead end."""
    parts = urlsplit(request.referrer or "")
    address = parts.path + (f"?{parts.query}" if parts.query else "")
    return address if parts.netloc == request.host and is_local(address) and address != request.full_path else ""


def _show_refusal(refusal: Refusal) -> Response:
    known = {name: refusal.params[name] for name in ("revision", "apart") if name in refusal.params}
    if "sheet" in refusal.params:  # the contestant's own, for the page to bring two tabs together
        known["sheet"] = json.loads(refusal.params["sheet"] or "{}")
    return respond(refusal.status, _("Chưa thực hiện được"), refusal_text(refusal), refusal.code, **known)


def _show_csrf(_error: CSRFError) -> Response:
    text = _("Phiên làm việc của bạn đã hết hạn. Hãy quay lại trang trước, tải lại trang rồi thử lại.")
    return respond(400, _("Phiên đã hết hạn"), text, "csrf")


def _show_http(error: HTTPException) -> Response:
    titles = {
        401: (_("Cần đăng nhập"), _("Hãy đăng nhập rồi thử lại.")),
        403: (_("Không có quyền"), _("Tài khoản của bạn không được phép xem trang này.")),
        404: (_("Không tìm thấy"), _("Trang này không có, hoặc không thuộc về bạn.")),
        405: (_("Cách gửi không đúng"), _("Hãy quay lại trang trước và dùng nút trên trang.")),
        413: (
            _("Tệp quá lớn"),
            _(
                "Tệp tải lên vượt quá giới hạn %(most)s MB. Hãy chia nhỏ tệp hoặc bỏ bớt hình ảnh rồi tải lại.",
                most=current_app.config["SETTINGS"].upload_limit_mb,
            ),
        ),
        429: (_("Quá nhiều lần thử"), _("Hãy đợi một phút rồi thử lại.")),
    }
    status = error.code or 500
    title, text = titles.get(status, (_("Yêu cầu không hợp lệ"), _("Hãy quay lại trang trước rồi thử lại.")))
    return respond(status, title, text)


def _show_crash(error: Exception) -> Response:
    log.exception("request crashed endpoint=%s", request.endpoint)
    db.session.rollback()
    text = _("Máy chủ gặp lỗi ngoài dự kiến. Dữ liệu đã lưu vẫn an toàn; hãy thử lại sau ít phút.")
    try:
        return respond(500, _("Lỗi máy chủ"), text)
    except Exception:  # noqa: BLE001 - a broken template must not hide the first error
        return Response(text, status=500, mimetype="text/plain")
