from tests.app.conftest import app, migrated_app, person, session, time, world

__all__ = ["app", "migrated_app", "person", "session", "time", "world"]
