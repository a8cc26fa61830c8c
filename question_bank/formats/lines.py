"""Lines of text into questions: "Câu n: …", "A. …", "Đáp án: …", "Giải thích: …", key lists.

Word and plain text feed the same parser, so both understand the same layouts.
"""

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from question_bank.formats import patterns
from question_bank.formats.draft import Draft
from question_bank.formats.key_tables import pairs_of_table
from question_bank.formats.keys import KeyList, answer_pairs_in, is_heading, pairs_in, truth_pairs_in
from question_bank.formats.labels import Label, following, label_at_start, labels_in
from question_bank.formats.line import Line
from question_bank.formats.paper import Paper
from question_bank.formats.pieces import holds_tags, pieces_of
from question_bank.formats.sections import NO_SECTION, section_from
from question_bank.formats.situations import situation_from
from question_bank.formats.table import field_of
from question_bank.formats.truths import truths_in
from question_bank.formats.words import bare, level_of
from question_bank.model import Found, Problem, ReadResult, Severity
from question_bank.text import clean

_NOTHING = Line("")


def parse(
    lines: Iterable[Line],
    keys: KeyList | None = None,
    problems: Iterable[Problem] = (),
    tabled: Sequence[Found] = (),
) -> ReadResult:
    """Every question in the lines; ``keys`` and ``tabled`` add keys and questions found elsewhere."""
    parser = Parser(keys)
    parser.read(list(lines))
    return parser.paper.finished(problems, tabled)


class Parser:
    """Goes through the lines once, knowing which part of which question it is in."""

    def __init__(self, keys: KeyList | None = None) -> None:
        self.paper = Paper(keys or KeyList())
        self._keys = self.paper.keys
        self._section = NO_SECTION
        self._part = "outside"  # outside | situation | stem | options | key | explanation | keys
        self._head_pattern = patterns.NUMBERED_HEAD

    @property
    def drafts(self) -> list[Draft]:
        return self.paper.drafts

    @property
    def draft(self) -> Draft:
        return self.drafts[-1]

    # Reading

    def read(self, lines: Sequence[Line]) -> None:
        lines = [line.squeezed() for line in lines]
        self.paper.lines_with_tags = sum(holds_tags(line) for line in lines)
        pieces = [piece for line in lines for piece in pieces_of(line)]
        if not any(patterns.NUMBERED_HEAD.match(bare(piece.text)) for piece in pieces):
            self._head_pattern = patterns.BARE_HEAD
        spoken = [piece for piece in pieces if not piece.is_empty]
        for piece, next_piece in itertools.pairwise([*spoken, _NOTHING]):
            self._take(piece, next_piece)

    def _take(self, line: Line, next_line: Line) -> None:
        flat = bare(line.text)
        if line.grid:
            self._take_table(line)
        elif not (self._take_boundary(line, flat) or self._take_key_list(line, flat)):
            rest = self._take_head(line, flat)
            if rest is not None:
                self._take_content(rest, next_line)
            elif not (self._take_answer(line, flat) or self._take_situation(line, flat)):
                self._take_content(line, next_line)
        self.paper.note_lost(line.lost)

    def _take_boundary(self, line: Line, flat: str) -> bool:
        """A heading, a rule or the end mark: belongs to no question."""
        ends = (patterns.END, patterns.RULE, patterns.SHUFFLE_MARK)
        if line.text == patterns.END_TAG or any(pattern.fullmatch(flat) for pattern in ends):
            self._part = "outside"
            return True
        if is_heading(line.text):
            self._part = "keys"
            return True
        section = section_from(line.words, self._section)
        if section is not None:
            self._section = section
            self._part = self._part if self._part == "keys" else "outside"
            return True
        return self._part == "outside" and patterns.TO_CANDIDATES.fullmatch(flat) is not None

    def _take_table(self, table: Line) -> None:
        pairs = pairs_of_table(table.grid) if self._part not in {"stem", "situation"} else None
        if pairs:
            self._keys.add(pairs, self._section.name)
        elif self._part == "situation":
            self.paper.situations[-1].lines.append(table)
        elif not self.drafts or self._part in {"outside", "keys"}:
            self._ignore(table)
        elif self._part == "explanation":
            self.draft.explanation.append(table)
        else:
            if self._part != "stem":
                self.draft.report("table_outside_stem", Severity.WARNING, "stem")
            self.draft.stem.append(table)

    def _take_key_list(self, line: Line, flat: str) -> bool:
        in_keys = self._part == "keys"
        pairs = pairs_in(line.text, uppercase_only=not in_keys) or (truth_pairs_in(line.text) if in_keys else [])
        if not pairs and in_keys and self._section.kind == "short":
            pairs = answer_pairs_in(line.text)
        self._keys.add(pairs, self._section.name)
        if pairs:
            return True
        return in_keys and bool(self.drafts) and self._take_key_below(line.text, flat)

    def _take_key_below(self, text: str, flat: str) -> bool:
        """ "Đáp án:" stood alone: its letter, or a truth for each statement, stands on the next lines."""
        known = self.draft.key_text
        alone = known is None and re.fullmatch(r"\s*[a-j](\s*,\s*[a-j])*\s*\.?\s*", flat) is not None
        if not alone and not truths_in(f"{known or ''} {text}"):
            return False
        self.draft.key_text = f"{known or ''} {text.strip()}".strip()
        return True

    def _take_head(self, line: Line, flat: str) -> Line | None:
        """The rest of the line after "Câu n:", a new question having begun."""
        match = self._head(line, flat)
        if match is not None:
            self._begin(int(match["number"]))
            self.draft.level = level_of(match["level"] or "")
            return line.cut(match.end())
        if patterns.PREDICTION_HEAD.match(flat):
            self._begin(self.draft.number + 1 if self.drafts else 1)
            return line
        return None

    def _begin(self, number: int) -> None:
        self.drafts.append(Draft(number, self._section, situation=self.paper.situation_for(number)))
        self._part = "stem"

    def _head(self, line: Line, flat: str) -> re.Match[str] | None:
        match = self._head_pattern.match(flat)
        if match is None:
            return None
        if self._head_pattern is patterns.BARE_HEAD:
            expected = self.draft.number + 1 if self.drafts else 1
            return match if int(match["number"]) == expected else None
        rest = line.text[match.end() :].lstrip()
        begins_sentence = not rest or not rest[0].islower()
        return match if match["mark"] or begins_sentence else None

    def _take_answer(self, line: Line, flat: str) -> bool:
        """A line "Đáp án: …", "Giải thích: …", "Căn cứ: …" or "Mức độ: …" after a question."""
        if not self.drafts or self._part in {"outside", "situation"}:
            return self._take_topic(line, flat)
        if (match := patterns.KEY.match(flat)) is not None and match.end() < len(line.text.rstrip()):
            self._take_stated_key(line.cut(match.end()))
            return True
        if (match := patterns.FIELD.match(flat)) is not None:
            self._take_field(match["name"], line.text[match.end() :])
            return True
        if (match := patterns.EXPLANATION.match(flat)) is not None:
            self.draft.explanation.append(line.cut(match.end()))
            self._part = "explanation"
        elif patterns.LAW.match(flat) is not None:
            self.draft.laws.append(line.text.strip())
            self._part = "key"
        else:
            return False
        return True

    def _take_topic(self, line: Line, flat: str) -> bool:
        """ "Chủ đề: …" before the first question or between questions: that of all that follow."""
        match = patterns.FIELD.match(flat)
        if match is None or match["name"] != "chu de" or self._part != "outside":
            return False
        title = clean(line.words[match.end() :])
        self._section = replace(self._section, topics=((0, title),))
        return True

    def _take_stated_key(self, line: Line) -> None:
        text = line.words.strip()
        if self.draft.key_text is not None and self.draft.key_text != text:
            self.draft.report("repeated_key_line", column="key", first=self.draft.key_text[:60], second=text[:60])
        self.draft.key_text = text
        self._part = "key"

    def _take_field(self, name: str, text: str) -> None:
        field = field_of(name) or name
        known = self.draft.fields.setdefault(field, clean(text))
        if known != clean(text):
            self.draft.report("repeated_key_line", column=field, first=known[:60], second=clean(text)[:60])
        if self._part != "stem" or field != "kind":
            self._part = "key"

    def _take_situation(self, line: Line, flat: str) -> bool:
        if self._part == "situation":
            self.paper.situations[-1].lines.append(line)
            return True
        situation = situation_from(line, flat) if self._part not in {"stem", "keys"} else None
        if situation is None:
            return False
        self.paper.situations.append(situation)
        self._part = "situation"
        return True

    # The text of a question

    def _take_content(self, line: Line, next_line: Line) -> None:
        if not line.text.strip():
            return
        if self._part in {"outside", "keys"}:
            self._ignore(line)
        elif self._part == "explanation" or (self._part == "key" and self.draft.options):
            self._warn_of_pictures(line)
            self.draft.explanation.append(line)
        elif self._part == "options":
            self._take_more_options(line, next_line)
        else:
            self._take_stem(line, next_line)

    def _ignore(self, line: Line) -> None:
        self.paper.note_lost(["picture_ignored"] * len(line.pictures))
        words = clean(line.words or " | ".join(cell for row in line.grid for cell in row))
        if self.drafts and not words.isupper():
            self.paper.ignored.append(words[:60])

    def _warn_of_pictures(self, line: Line) -> None:
        if line.pictures:
            self.draft.report("picture_outside_stem", Severity.WARNING, "picture", name=line.pictures[0].name)

    def _take_stem(self, line: Line, next_line: Line) -> None:
        marker = patterns.SHORT_MARKER.search(bare(line.text))
        if marker is not None:
            self.draft.fields.setdefault("kind", "Trả lời ngắn")
            before, after = line.cut(0, marker.start()), line.cut(marker.end())
            line = Line(f"{before.text} {after.text}".strip(), (), line.pictures)
        labels = labels_in(line.text, next_letter=_first_letter(next_line))
        if not labels or labels[0].upper != "A":
            self.draft.stem.append(line)
            return
        before = line.cut(0, labels[0].position)
        self.draft.stem += [before] if before.text.strip() else []
        self._add_options(line, labels)

    def _take_more_options(self, line: Line, next_line: Line) -> None:
        options = self.draft.options
        label = label_at_start(line.text)
        if label is None or (label.letter.islower() and options[-1].letter.isupper()):
            self._continue_option(line)
            return
        last = options[-1].letter
        if label.letter == "A" and options[0].letter == "a":
            self.draft.turn_options_into_stem()
        elif label.upper == "A":
            self.draft.report("options_restart", column="options")
            self._part = "outside"
            return
        elif label.upper <= last.upper():
            self.draft.report("option_label_repeated", column="options", letter=label.upper)
        elif label.upper != following(last.upper()):
            self.draft.report("option_label_skipped", column="options", letter=following(last.upper()))
        self._add_options(line, labels_in(line.text, next_letter=_first_letter(next_line)))

    def _continue_option(self, line: Line) -> None:
        """A picture after the last option is the option's when it has nothing else, or when the others have one."""
        *others, last = self.draft.options
        if line.words.strip() or not last.text or (others and all(option.pictures for option in others)):
            last.parts.append(line)
            return
        self._warn_of_pictures(line)
        self.draft.stem.append(line)

    def _add_options(self, line: Line, labels: Sequence[Label]) -> None:
        ends = [*(label.position for label in labels[1:]), None]
        for label, end in zip(labels, ends, strict=True):
            self.draft.add_option(line, label, end)
        self._part = "options"


def _first_letter(line: Line) -> str:
    label = label_at_start(line.text)
    return label.letter if label else ""
