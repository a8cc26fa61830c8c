"""Zips of questions for tests: folders of samples as they would be packed, and packages made by hand."""

import io
import zipfile

import pytest
from builders import SHARED_DATA

from question_bank.formats.registry import FORMATS, detect


def zipped(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


def sample_folder(path: str) -> bytes:
    folder = SHARED_DATA / path
    if not folder.exists():
        pytest.skip(f"{folder} is not here: set CONTEST_SHARED_DATA to the folder of sample banks")
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    return zipped({file.relative_to(folder).as_posix(): file.read_bytes() for file in files})


def damaged(data: bytes, name: str) -> bytes:
    """The zip with the bytes of one member overwritten, so that its check sum is wrong."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entry = archive.getinfo(name)
    start = entry.header_offset + 30 + len(name.encode())
    return data[:start] + b"\xff" * entry.compress_size + data[start + entry.compress_size :]


def read_as(name: str, data: bytes, filename: str):
    """What the reader makes of it, once the format was recognised."""
    assert detect(data, filename) == name
    return FORMATS[name].read(data)


def questions(result):
    return [found.question for found in result.questions]


def told(result):
    return [(problem.code, problem.row) for problem in result.problems]


def codes(result):
    return [problem.code for problem in result.problems]
