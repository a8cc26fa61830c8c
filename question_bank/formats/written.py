"""Lines of a document as the text of a question, or as its HTML where a table stands among them."""

from collections.abc import Sequence

from question_bank.formats.line import Line
from question_bank.markup import as_html, as_text
from question_bank.text import clean


def text_of(lines: Sequence[Line]) -> str:
    texts = (as_text(line.table) if line.table else line.words for line in lines)
    return clean("\n".join(text for text in texts if text.strip()))


def html_of(lines: Sequence[Line]) -> str:
    parts: list[str] = []
    for line in lines:
        if line.table:
            parts.append(line.table)
        elif words := clean(line.words):
            after_text = bool(parts) and not parts[-1].endswith("</table>")
            parts.append("<br>" + as_html(words) if after_text else as_html(words))
    return "".join(parts)
