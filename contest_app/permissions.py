"""Who may do what: closed by default, opened view by view.

Every role is held for a unit and reaches all units below it. What lies outside one's units is answered with 404,
so that nobody learns what exists there.
"""

from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from typing import Any, TypeVar

from flask import Flask, abort, current_app, redirect, request, url_for
from flask_login import current_user

from contest_app.accounts.models import Role, Unit, User
from contest_app.extensions import login_manager

View = TypeVar("View", bound=Callable[..., Any])


class Permission(StrEnum):
    MANAGE_BANK = "manage_bank"
    REVIEW_QUESTIONS = "review_questions"
    MANAGE_CONTESTS = "manage_contests"
    DECIDE_SITTINGS = "decide_sittings"  # extra time, reopening, voiding
    SEE_RESULTS = "see_results"  # full names, workbooks
    MARK_ESSAYS = "mark_essays"
    MANAGE_PEOPLE = "manage_people"
    MANAGE_UNITS = "manage_units"
    GRANT_ROLES = "grant_roles"
    READ_AUDIT = "read_audit"


ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.CONTESTANT: frozenset(),
    Role.SETTER: frozenset({Permission.MANAGE_BANK}),
    Role.REVIEWER: frozenset({Permission.MANAGE_BANK, Permission.REVIEW_QUESTIONS}),
    Role.JUDGE: frozenset({Permission.SEE_RESULTS, Permission.MARK_ESSAYS}),
    Role.ORGANISER: frozenset(Permission) - {Permission.GRANT_ROLES, Permission.READ_AUDIT},
    Role.ADMINISTRATOR: frozenset(Permission),
}

# Reachable before the second factor is passed or a one-time password is changed.
UNFINISHED_LOGIN_VIEWS = {
    "accounts.log_out",
    "accounts.second_factor",
    "accounts.set_up_second_factor",
    "accounts.change_password",
    "pages.set_language",
    "static",
    "bootstrap.static",
}


def public(view: View) -> View:
    """Open to everybody, logged in or not."""
    view.access = "public"  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    """Open to every account; the view itself checks that what it shows is theirs."""
    view.access = "signed_in"  # type: ignore[attr-defined]
    return view


def by_attempt_token(view: View) -> View:
    """Open to whoever holds the signed token of a sitting, which the view checks: no session, no user look-up."""
    view.access = "token"  # type: ignore[attr-defined]
    return view


def requires(permission: Permission) -> Callable[[View], View]:
    """Open to those who hold the permission for some unit; the view checks for which."""

    def mark(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            if not may(current_user, permission):
                abort(403)
            return view(*args, **kwargs)

        guarded.access = permission.value  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return mark


def may(user: User, permission: Permission, unit: Unit | None = None) -> bool:
    """Whether the user holds the permission, for that unit when one is named."""
    if not user.is_authenticated:
        return False
    grants = (grant for grant in user.grants if permission in ROLE_PERMISSIONS[grant.role])
    return any(unit is None or unit.lies_within(grant.unit) for grant in grants)


def demand(permission: Permission, unit: Unit) -> None:
    """:raises NotFound: when the unit is outside the current user's reach."""
    if not may(current_user, permission, unit):
        abort(404)


def units_of(user: User, permission: Permission) -> list[Unit]:
    """The topmost units the user holds the permission for."""
    return [grant.unit for grant in user.grants if permission in ROLE_PERMISSIONS[grant.role]]


def init_app(app: Flask) -> None:
    login_manager.login_view = "accounts.log_in"
    login_manager.login_message = None
    app.before_request(_refuse_by_default)


def _refuse_by_default() -> Any:
    if request.endpoint is None or request.endpoint in ("static", "bootstrap.static"):
        return None
    access = getattr(current_app.view_functions[request.endpoint], "access", None)
    if access == "token":
        return None
    if current_user.is_authenticated and request.endpoint not in UNFINISHED_LOGIN_VIEWS:
        unfinished = _unfinished_login()
        if unfinished:
            return redirect(url_for(unfinished))
    if access == "public":
        return None
    if not current_user.is_authenticated:
        return login_manager.unauthorized()
    return None if access else abort(403)


def _unfinished_login() -> str | None:
    if current_user.must_change_password:
        return "accounts.change_password"
    if current_user.needs_second_factor and current_user.totp_confirmed_at is None:
        return "accounts.set_up_second_factor"
    return None
