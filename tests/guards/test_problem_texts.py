"""Every problem a file can have is told in words, and the words use only what the problem carries."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from contest_app.web.messages.file_problems import FILE_PROBLEMS

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted(path for part in ("question_bank", "contest_app") for path in (ROOT / part).rglob("*.py"))
MAKERS = {"Problem", "BadFile"}
PLACES = {"severity", "row", "column", "params"}  # arguments that say where, not what
# Where a problem made elsewhere is only passed on: its code is collected where it is made.
PASSING_ON = {
    ("archive.py", "problem"),
    ("collect.py", "_of_each"),
    ("docx.py", "_blocks"),
    ("draft.py", "_report_field"),
    ("paper.py", "_about_file"),
}


@dataclass(frozen=True)
class Made:
    """One place in the source that makes a problem."""

    code: str
    params: frozenset[str]
    where: str


@dataclass(frozen=True)
class Helper:
    """A function that makes a problem of the code it is given."""

    params: frozenset[str]


def _functions(tree: ast.AST) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def _calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def _called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _literal(node: ast.AST | None) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _keys(call: ast.Call, function: ast.AST) -> set[str]:
    """The names of the params of one call: those in its ``params``, and its own keywords where those are params."""
    given = [keyword.value for keyword in call.keywords if keyword.arg == "params"] + call.args[4:5]
    keys = {key for value in given for key in _keys_of(value, function)}
    keywords = {keyword.arg for keyword in call.keywords if keyword.arg}
    if _called(call) == "BadFile":
        return keys | keywords
    return keys if _called(call) == "Problem" else keys | keywords - PLACES


def _keys_of(value: ast.AST, function: ast.AST) -> set[str]:
    """The keys of a dict written out, here or in the variable that is passed."""
    if isinstance(value, ast.Dict):
        return {text for key in value.keys if (text := _literal(key))}
    name = getattr(value, "id", "")
    plain = [(target, n.value) for n in ast.walk(function) if isinstance(n, ast.Assign) for target in n.targets]
    typed = [(n.target, n.value) for n in ast.walk(function) if isinstance(n, ast.AnnAssign)]
    found = [of for target, of in (*plain, *typed) if getattr(target, "id", None) == name]
    return {key for of in found if isinstance(of, ast.Dict) for key in _keys_of(of, function)}


def _helpers() -> dict[str, Helper]:
    found = {}
    for tree in TREES.values():
        for function in _functions(tree):
            names = {argument.arg for argument in function.args.args}
            for call in _calls(function):
                if _called(call) in MAKERS and call.args and getattr(call.args[0], "id", None) in names:
                    found[function.name] = Helper(frozenset(_keys(call, function)))
    return found


def _made() -> Iterator[Made]:
    for path, tree in TREES.items():
        for function in _functions(tree):
            for call in _calls(function):
                yield from _made_by(path, call, function)
        for node in ast.walk(tree):  # what Word held and a question cannot is counted by its code first
            code = _literal(node) or ""
            if path.name.startswith("docx") and code.endswith(("_ignored", "_as_text")):
                yield Made(code, frozenset({"found"}), f"{path.name}:{node.lineno}")


def _made_by(path: Path, call: ast.Call, function: ast.FunctionDef) -> Iterator[Made]:
    helper = HELPERS.get(_called(call)) if "question_bank" in path.parts else None  # "report" may mean more outside
    if (_called(call) not in MAKERS and helper is None) or not call.args:
        return
    code = _literal(call.args[0])
    params = frozenset(_keys(call, function)) | (helper.params if helper else frozenset())
    passes_on = function.name in HELPERS or (path.name, function.name) in PASSING_ON
    if code is not None or not passes_on:
        yield Made(code or "?", params, f"{path.name}:{call.lineno}")


TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in SOURCES}
HELPERS = _helpers()
MADE = list(dict.fromkeys(_made()))
CODES = sorted({made.code for made in MADE})


def test_every_code_in_the_source_is_spelled_out():
    assert [made.where for made in MADE if made.code == "?"] == []
    assert {"_report", "report", "_refused", "_list_rows"} <= set(HELPERS)
    assert len(CODES) > 80


@pytest.mark.parametrize("code", CODES)
def test_a_problem_is_told_in_words(code):
    assert code in FILE_PROBLEMS


@pytest.mark.parametrize("code", CODES)
def test_the_words_use_only_what_every_such_problem_carries(code):
    carried = frozenset.intersection(*(made.params for made in MADE if made.code == code))
    text = str(FILE_PROBLEMS[code]._args[0])
    assert set(re.findall(r"%\((\w+)\)s", text)) <= carried
    assert text % dict.fromkeys(carried, "x")  # no stray percent sign


@pytest.mark.parametrize("code", sorted(FILE_PROBLEMS))
def test_the_words_are_a_sentence(code):
    text = str(FILE_PROBLEMS[code]._args[0])
    assert text[0].isupper() or text[0] in "“%"
    assert text.endswith((".", ")"))
