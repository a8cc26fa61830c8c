"""``python -m scoring``: item and test statistics of a file of answers."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from scoring.response_file import BadFile, ResponseFile, read_key, read_responses
from scoring.statistics.report import report
from scoring.statistics.report_text import as_text

FINE, HAS_ERRORS, BAD_USAGE = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    chosen = _parser().parse_args(arguments)
    try:
        return {"items": _items}[chosen.command](chosen)
    except BadFile as bad:
        _print(
            json.dumps({"problems": [{"code": bad.code, "row": bad.line, "column": bad.column}]}, ensure_ascii=False)
        )
        return HAS_ERRORS
    except (OSError, UnicodeDecodeError) as error:
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
    keys = read_key(chosen.key.read_text(encoding="utf-8-sig")) if chosen.key else None
    return read_responses(chosen.responses.read_text(encoding="utf-8-sig"), keys, is_ordered=is_ordered)


def _items(chosen: argparse.Namespace) -> int:
    found = report(read_files(chosen, is_ordered=not chosen.shuffled))
    _print(json.dumps(found, ensure_ascii=False, indent=2, allow_nan=False) if chosen.json else as_text(found))
    return FINE


def _print(text: str) -> None:
    sys.stdout.buffer.write(text.encode() + b"\n")


if __name__ == "__main__":
    sys.exit(main())
