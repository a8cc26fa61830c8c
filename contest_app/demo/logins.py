"""The accounts of the demo. They exist only where the demo was loaded, which production refuses."""

from dataclasses import dataclass
from datetime import datetime

from contest_app.accounts.models import Role, User
from contest_app.accounts.passwords import current_code
from contest_app.config import Settings

PASSWORD = "An-Truong-2026"  # noqa: S105 - printed on the screen by ``make run``


@dataclass(frozen=True, slots=True)
class DemoLogin:
    login: str
    full_name: str
    role: Role
    does: str


LOGINS = (
    DemoLogin("btc", "Trần Thị Bích Thủy", Role.ORGANISER, "ban tổ chức"),
    DemoLogin("giamkhao", "Lê Quang Minh", Role.JUDGE, "giám khảo"),
    DemoLogin("thisinh", "Nguyễn Hoài An", Role.CONTESTANT, "thí sinh"),
    DemoLogin("quantri", "Phạm Văn Đức", Role.ADMINISTRATOR, "quản trị"),
)


def demo_code(user: User, settings: Settings, now: datetime) -> str:
    """The current second-factor code of a demo account, so that the demo can be tried without a phone."""
    is_demo = settings.environment == "development" and user.login in {one.login for one in LOGINS}
    return current_code(user.totp_secret, now) if is_demo and user.totp_secret else ""
