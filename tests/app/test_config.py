"""What the environment may say, and what the program refuses to start with."""

import pytest

from contest_app.config import ROOT, Settings, SettingsError

OWN_SECRET = "mot-khoa-rieng-dai-hon-ba-muoi-hai-ky-tu"


@pytest.mark.parametrize("secret", [{}, {"SECRET_KEY": ""}, {"SECRET_KEY": "ngan"}])
def test_production_does_not_start_without_a_secret_of_its_own(secret):
    with pytest.raises(SettingsError, match="SECRET_KEY"):
        Settings.from_environment({"APP_ENV": "production"} | secret)


def test_production_starts_with_its_own_secret_and_guards_its_cookies():
    settings = Settings.from_environment({"APP_ENV": "production", "SECRET_KEY": OWN_SECRET})
    assert settings.flask_config()["SESSION_COOKIE_SECURE"] is True


def test_a_developer_needs_no_secret():
    assert Settings.from_environment({}).is_production is False


@pytest.mark.parametrize(
    ("environ", "named"),
    [
        ({"APP_ENV": "prodution"}, "APP_ENV"),
        ({"UPLOAD_LIMIT_MB": "hai mươi"}, "UPLOAD_LIMIT_MB"),
        ({"TRUSTED_PROXIES": "-1"}, "TRUSTED_PROXIES"),
        ({"JOB_QUEUE_URL": "redis:6379"}, "JOB_QUEUE_URL"),
    ],
)
def test_a_wrong_setting_is_named(environ, named):
    with pytest.raises(SettingsError, match=named):
        Settings.from_environment(environ)


@pytest.mark.parametrize(
    ("environ", "queue"),
    [
        ({"DATABASE_URL": "sqlite:////var/thi/contest.db"}, "sqlite:////var/thi/contest.viec-nen.db"),
        ({"DATABASE_URL": "sqlite:///contest.db"}, f"sqlite:///{ROOT / 'instance' / 'contest.viec-nen.db'}"),
        ({"DATABASE_URL": "postgresql+psycopg://thi@db/thi"}, f"sqlite:///{ROOT / 'instance' / 'viec-nen.db'}"),
        ({"JOB_QUEUE_URL": "redis://127.0.0.1:6379/1"}, "redis://127.0.0.1:6379/1"),
    ],
)
def test_jobs_queue_beside_the_database_unless_told_otherwise(environ, queue):
    assert Settings.from_environment(environ).job_queue == queue
