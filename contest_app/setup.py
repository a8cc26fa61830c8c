"""The steps of ``create_app``, one function per concern."""

from flask import Flask, request, session
from werkzeug.middleware.proxy_fix import ProxyFix

from contest_app import extensions, permissions
from contest_app.config import ROOT, Settings
from contest_app.evaluation import visits
from contest_app.web import errors, request_log, security_headers, template_helpers, transaction
from contest_app.web.numbers import RowNumber


def setup_extensions(app: Flask) -> None:
    settings: Settings = app.config["SETTINGS"]
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    extensions.db.init_app(app)
    extensions.migrate.init_app(
        app, extensions.db, directory=str(ROOT / "contest_app" / "migrations"), render_as_batch=True
    )
    for extension in (extensions.login_manager, extensions.csrf, extensions.bootstrap, extensions.limiter):
        extension.init_app(app)


def setup_languages(app: Flask) -> None:
    def chosen_language() -> str:
        return str(session.get("language") or "vi") if request else "vi"

    extensions.babel.init_app(app, locale_selector=chosen_language)


def setup_access(app: Flask) -> None:
    permissions.init_app(app)


def setup_blueprints(app: Flask) -> None:
    from contest_app.accounts import manage_routes as people
    from contest_app.accounts import routes as accounts
    from contest_app.attempts import receipts
    from contest_app.attempts import routes as attempts
    from contest_app.audit import routes as audit
    from contest_app.bank import (  # noqa: F401 - the others add to the pages of the bank and of importing
        batch_routes,
        citation_routes,
        column_routes,
        duplicate_routes,
        export_routes,
        health_routes,
        import_routes,
        preview_routes,
        review_routes,
    )
    from contest_app.bank import routes as bank
    from contest_app.contests import manage_routes as contests_manage
    from contest_app.contests import routes as contests
    from contest_app.documents import routes as documents
    from contest_app.evaluation import routes as evaluation
    from contest_app.jobs import routes as jobs
    from contest_app.law import routes as law
    from contest_app.ledger import routes as ledger
    from contest_app.ledger import template_routes  # noqa: F401 - adds the statistics forms to the ledger's pages
    from contest_app.monitor import routes as monitor
    from contest_app.pages import routes as pages
    from contest_app.results import essay_routes  # noqa: F401 - adds to the results' pages
    from contest_app.results import routes as results

    app.url_map.converters["int"] = RowNumber
    features = (pages, accounts, people, bank, import_routes, law, contests, contests_manage)
    for feature in (*features, attempts, receipts, monitor, results, evaluation, documents, ledger, jobs, audit):
        app.register_blueprint(feature.bp)


def setup_errors(app: Flask) -> None:
    errors.init_app(app)


def setup_responses(app: Flask) -> None:
    transaction.init_app(app)
    security_headers.init_app(app)
    request_log.init_app(app)
    visits.init_app(app)


def setup_templates(app: Flask) -> None:
    template_helpers.init_app(app)


def setup_job_kinds(_app: Flask) -> None:
    """Every feature's work for the background declares itself; the worker may be asked for any of it."""
    import contest_app.evaluation.jobs
    import contest_app.results.jobs  # noqa: F401


def setup_commands(app: Flask) -> None:
    from contest_app.accounts.cli import users
    from contest_app.attempts.cli import attempts
    from contest_app.audit.cli import audit
    from contest_app.bank.cli import bank
    from contest_app.contests.cli import contest
    from contest_app.demo.cli import demo
    from contest_app.jobs.cli import jobs
    from contest_app.law.cli import law
    from contest_app.ledger.cli import ledger
    from contest_app.results.cli import verify_results

    for command in (users, attempts, audit, bank, contest, demo, jobs, law, ledger, verify_results):
        app.cli.add_command(command)
