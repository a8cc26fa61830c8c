"""The web shell of the contest platform."""

from flask import Flask

from contest_app import setup
from contest_app.config import ROOT, Settings


def create_app(settings: Settings | None = None) -> Flask:
    """Build the application. Has no side effects: touches no database and no network."""
    settings = settings or Settings.from_environment()
    app = Flask(__name__, template_folder=str(ROOT / "templates"), instance_path=str(ROOT / "instance"))
    app.config.update(settings.flask_config())
    setup.setup_extensions(app)
    setup.setup_languages(app)
    setup.setup_access(app)
    setup.setup_blueprints(app)
    setup.setup_errors(app)
    setup.setup_responses(app)
    setup.setup_templates(app)
    setup.setup_job_kinds(app)
    setup.setup_commands(app)
    return app
