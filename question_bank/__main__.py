"""``python -m question_bank``: read a file of questions and say what is wrong, write one, draw a paper again."""

import argparse
import hashlib
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from question_bank.draw import draw
from question_bank.formats import docx, json_file
from question_bank.formats.archive import BadFile
from question_bank.formats.registry import FORMATS, detect, named
from question_bank.model import Problem, ReadResult, Severity
from question_bank.pool_file import pool_from
from question_bank.seeded import seed_for

FINE, HAS_ERRORS, BAD_USAGE = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    chosen = _parser().parse_args(arguments)
    try:
        return {"read": _read, "write": _write, "draw": _draw}[chosen.command](chosen)
    except BadFile as bad:
        _print(ReadResult(problems=(bad.problem,)))
        return HAS_ERRORS
    except OSError as error:
        name = str(error.filename or "")
        _print(
            ReadResult(problems=(Problem("file_not_readable", params={"name": name, "reason": str(error.strerror)}),))
        )
        return BAD_USAGE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m question_bank", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    read = commands.add_parser("read", help="print the questions and problems of a file as JSON")
    read.add_argument("file", type=Path)
    read.add_argument("--key", type=Path, help="a second Word file holding the keys")
    read.add_argument("--format", type=named, choices=sorted(FORMATS), help="do not guess the format")
    read.add_argument("--json", action="store_true", help="print JSON (the only form there is)")
    write = commands.add_parser("write", help="write the questions of a JSON file in another format")
    write.add_argument("file", type=Path)
    writable = sorted(name for name, known in FORMATS.items() if known.write)
    write.add_argument("--to", required=True, type=named, choices=writable)
    write.add_argument("out", type=Path)
    again = commands.add_parser("draw", help="draw a paper again from a published pool and secret")
    again.add_argument("pool", type=Path)
    again.add_argument("--secret", type=bytes.fromhex, required=True, help="the round's secret, in hexadecimal")
    again.add_argument("--attempt", type=int, required=True, help="the attempt's number, without L and leading zeros")
    again.add_argument("--keep-questions", action="store_true", help="the rules do not shuffle questions")
    again.add_argument("--keep-options", action="store_true", help="the rules do not shuffle options")
    return parser


def _read(chosen: argparse.Namespace) -> int:
    data = chosen.file.read_bytes()
    name = chosen.format or detect(data, chosen.file.name)
    if chosen.key is not None and name != "docx":
        raise BadFile("key_file_needs_docx", format=name)
    read = docx.read(data, chosen.key.read_bytes()) if chosen.key is not None else FORMATS[name].read(data)
    _print(read)
    return HAS_ERRORS if read.has_errors else FINE


def _write(chosen: argparse.Namespace) -> int:
    """Write every sound question; what the format cannot hold of it is printed, by the question's number."""
    read = json_file.read(chosen.file.read_bytes())
    write = FORMATS[chosen.to].write
    broken = {problem.row for problem in read.problems if problem.severity is Severity.ERROR}
    good = [found.question for found in read.questions if found.row not in broken]
    if not good or write is None:
        _print(ReadResult(problems=read.problems))
        return HAS_ERRORS
    written = write(good)
    chosen.out.write_bytes(written.data)
    said = ReadResult(problems=(*read.problems, *written.problems))
    if said.problems:
        _print(said)
    return HAS_ERRORS if said.has_errors else FINE


def _draw(chosen: argparse.Namespace) -> int:
    """Print the fingerprints to compare with the published ones, and the paper: question numbers and option orders."""
    data = chosen.pool.read_bytes()
    try:
        pool = pool_from(json.loads(data))
    except (ValueError, KeyError, TypeError):
        print("not a published pool", file=sys.stderr)
        return BAD_USAGE
    items = draw(
        pool, seed_for(chosen.secret, chosen.attempt),
        shuffle_questions=not chosen.keep_questions, shuffle_options=not chosen.keep_options,
    )  # fmt: skip
    shown = {
        "pool_sha256": hashlib.sha256(data).hexdigest(),
        "secret_sha256": hashlib.sha256(chosen.secret).hexdigest(),
        "paper": [[item.question_id, list(item.option_order)] for item in items],
    }
    print(json.dumps(shown))
    return FINE


def _print(read: ReadResult) -> None:
    questions = [{**json_file.as_json(found.question), "row": found.row} for found in read.questions]
    content = {
        "format": json_file.FORMAT,
        "version": json_file.VERSION,  # so that what was read can be given to "write" as it is
        "questions": questions,
        "problems": [_as_json(problem) for problem in read.problems],
    }
    sys.stdout.buffer.write(json.dumps(content, ensure_ascii=False, indent=2).encode() + b"\n")


def _as_json(problem: Problem) -> dict[str, Any]:
    return {
        "code": problem.code,
        "severity": str(Severity(problem.severity)),
        "row": problem.row,
        "column": problem.column,
        "params": problem.params,
    }


if __name__ == "__main__":
    sys.exit(main())
