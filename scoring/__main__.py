"""``python -m scoring``: item and test statistics of a file of answers."""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from scoring.response_file import BadFile, ResponseFile, read_key, read_responses
from scoring.statistics.report import report
from scoring.statistics.report_text import as_text

T = TypeVar("T")
FINE, HAS_ERRORS, BAD_USAGE = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    chosen = _parser().parse_args(arguments)
    try:
        return {"items": _items}[chosen.command](chosen)
    except BadFile as bad:
        _tell(bad, is_json=chosen.json)
        return HAS_ERRORS
    except OSError as error:
        print(f"cannot read the file: {error}", file=sys.stderr)
        return BAD_USAGE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m scoring", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    items = commands.add_parser("items", help="print item and test statistics")
    _add_files(items)
    items.add_argument("--shuffled", action="store_true", help="columns are not in the order people saw the items")
    return parser


def _add_files(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "responses", type=Path,
        help="CSV: a header of item names, a row per person; a cell is the option chosen (with --key) or the mark, "
        "empty where left open, - where the item was never shown to the person",
    )  # fmt: skip
    command.add_argument("--key", type=Path, help="CSV with columns item,key and, if wanted, points and options")
    command.add_argument("--json", action="store_true", help="print JSON with every digit, not tables")


def read_files(chosen: argparse.Namespace, *, is_ordered: bool = True) -> ResponseFile:
    keys = _read(chosen.key, read_key) if chosen.key else None
    return _read(chosen.responses, lambda text: read_responses(text, keys, is_ordered=is_ordered))


def _read(path: Path, parse: Callable[[str], T]) -> T:
    """:raises BadFile: with the file's name."""
    data = path.read_bytes()
    try:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise BadFile("not_utf8", data.count(b"\n", 0, error.start) + 1) from None
        return parse(text)
    except BadFile as bad:
        bad.file = str(path)
        raise


def _tell(bad: BadFile, *, is_json: bool) -> None:
    """What is wrong: as JSON for programs, in a sentence for people."""
    if is_json:
        said = {"file": bad.file, "code": bad.code, "row": bad.line, "column": bad.column, "message": bad.message}
        _print(json.dumps({"problems": [said]}, ensure_ascii=False))
        return
    line = f", line {bad.line}" if bad.line else ""
    column = f", column {bad.column}" if bad.column else ""
    print(f"{bad.file}{line}{column}: {bad.message}", file=sys.stderr)


def _items(chosen: argparse.Namespace) -> int:
    found = report(read_files(chosen, is_ordered=not chosen.shuffled))
    _print(json.dumps(found, ensure_ascii=False, indent=2, allow_nan=False) if chosen.json else as_text(found))
    return FINE


def _print(text: str) -> None:
    sys.stdout.buffer.write(text.encode() + b"\n")


if __name__ == "__main__":
    sys.exit(main())
