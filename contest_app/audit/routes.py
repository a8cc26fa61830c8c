from flask import Blueprint, render_template, request
from sqlalchemy import select

from contest_app.audit.models import AuditEntry
from contest_app.audit.services import first_broken_entry
from contest_app.extensions import db
from contest_app.permissions import Permission, requires

bp = Blueprint("audit", __name__, url_prefix="/nhat-ky")


@bp.get("/")
@requires(Permission.READ_AUDIT)
def index() -> str:
    """The latest decisions, newest first."""
    page = db.paginate(
        select(AuditEntry).order_by(AuditEntry.id.desc()),
        page=request.args.get("trang", 1, type=int),
        per_page=50,
        error_out=False,
    )
    return render_template("audit/index.html", page=page, broken=first_broken_entry(db.session()))
