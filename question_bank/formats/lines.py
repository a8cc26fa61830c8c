"""Lines of text into questions: "Câu n: …", "A. …", "Đáp án: …", "Giải thích: …", key lists.

Word and plain text feed the same parser, so both understand the same layouts.
"""

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from question_bank.formats import patterns
from question_bank.formats.collect import result
from question_bank.formats.draft import Draft, Line
from question_bank.formats.keys import KeyList, is_heading, pairs_in
from question_bank.formats.labels import Label, following, label_at_start, labels_in
from question_bank.formats.words import bare, level_of
from question_bank.model import Found, Problem, ReadResult, Severity
from question_bank.text import clean

_NOTHING = Line("")
_MOST_NAMED = 20


def parse(
    lines: Iterable[Line],
    keys: KeyList | None = None,
    problems: Iterable[Problem] = (),
    tabled: Sequence[Found] = (),
) -> ReadResult:
    """Every question in the lines; ``keys`` and ``tabled`` add keys and questions found elsewhere."""
    parser = Parser(keys)
    parser.read(list(lines))
    return parser.finish(problems, tabled)


class Parser:
    """Goes through the lines once, knowing which part of which question it is in."""

    def __init__(self, keys: KeyList | None = None) -> None:
        self.keys = keys or KeyList()
        self.drafts: list[Draft] = []
        self._part = "outside"  # outside | stem | options | key | explanation | keys
        self._head_pattern = patterns.NUMBERED_HEAD
        self._lines_with_tags = 0
        self._ignored: list[str] = []

    @property
    def draft(self) -> Draft:
        return self.drafts[-1]

    # Reading

    def read(self, lines: Sequence[Line]) -> None:
        pieces = [piece for line in lines for piece in self._pieces(line.squeezed())]
        if not any(patterns.NUMBERED_HEAD.match(bare(piece.text)) for piece in pieces):
            self._head_pattern = patterns.BARE_HEAD
        spoken = [piece for piece in pieces if piece.text.strip() or piece.pictures]
        for piece, next_piece in itertools.pairwise([*spoken, _NOTHING]):
            self._take(piece, next_piece)

    def _pieces(self, line: Line) -> Iterator[Line]:
        """The line without mark-up tags, cut before "Đáp án:" and "Giải thích:" written inside it."""
        if patterns.TAG.search(line.text):
            self._lines_with_tags += 1
            yield from self._without_tags(line)
            return
        cuts = [0, *(match.start() for match in patterns.LABEL_INSIDE.finditer(line.text)), len(line.text)]
        for begin, end in itertools.pairwise(cuts):
            yield replace(line.cut(begin, end), pictures=line.pictures if begin == 0 else ())

    @staticmethod
    def _without_tags(line: Line) -> Iterator[Line]:
        text = patterns.TAG.sub("", patterns.TAGGED_VALUE.sub("", line.text))
        if text.strip() or line.pictures:
            yield Line(text, pictures=line.pictures)
        if patterns.END_TAG in line.text:
            yield Line(patterns.END_TAG)

    def _take(self, line: Line, next_line: Line) -> None:
        flat = bare(line.text)
        if self._take_boundary(line, flat) or self._take_key_list(line):
            return
        self._take_pictures(line, flat)
        rest = self._take_head(line, flat)
        if rest is not None:
            self._take_content(rest, next_line)
        elif not self._take_answer(line, flat):
            self._take_content(line, next_line)

    def _take_boundary(self, line: Line, flat: str) -> bool:
        """A heading, a rule or the end mark: belongs to no question."""
        if line.text == patterns.END_TAG or patterns.END.fullmatch(flat) or patterns.RULE.fullmatch(flat):
            self._part = "outside"
            return True
        if is_heading(line.text):
            self._part = "keys"
            return True
        begins_part = patterns.PART.match(flat) is not None and len(line.text) < patterns.LONGEST_HEADING
        if begins_part and line.text.lstrip(" *\t")[:1].isupper():
            self._part = "outside"
            return True
        return False

    def _take_key_list(self, line: Line) -> bool:
        pairs = pairs_in(line.text, uppercase_only=self._part != "keys")
        self.keys.add(pairs)
        if pairs:
            return True
        if self._part != "keys" or not self.drafts or self.draft.key_text is not None:
            return False
        alone = re.fullmatch(r"\s*[A-Ja-j](\s*,\s*[A-Ja-j])*\s*\.?\s*", line.text) is not None
        if alone:  # "Đáp án:" on one line, the letter on the next
            self.draft.key_text = line.text.strip()
        return alone

    def _take_pictures(self, line: Line, flat: str) -> None:
        if not line.pictures or not self.drafts or self._head(line, flat):
            return
        self.draft.pictures += line.pictures
        if self._part != "stem":
            self.draft.report("picture_outside_stem", Severity.WARNING, "picture", name=line.pictures[0].name)

    def _take_head(self, line: Line, flat: str) -> Line | None:
        """The rest of the line after "Câu n:", a new question having begun."""
        match = self._head(line, flat)
        if match is not None:
            self.drafts.append(Draft(int(match["number"]), pictures=list(line.pictures)))
            self.draft.level = level_of(match["level"] or "") or self.draft.level
            self._part = "stem"
            return line.cut(match.end())
        if patterns.PREDICTION_HEAD.match(flat):
            self.drafts.append(Draft(self.draft.number + 1 if self.drafts else 1, pictures=list(line.pictures)))
            self._part = "stem"
            return line
        return None

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
        """A line "Đáp án: …", "Giải thích: …" or "Căn cứ: …" after a question."""
        if not self.drafts or self._part == "outside":
            return False
        if (match := patterns.KEY.match(flat)) is not None and match.end() < len(line.text.rstrip()):
            self._take_stated_key(line.text[match.end() :].strip())
            return True
        if (match := patterns.EXPLANATION.match(flat)) is not None:
            self.draft.explanation.append(line.text[match.end() :])
        elif patterns.LAW.match(flat) is not None:
            self.draft.explanation.append(line.text)
        else:
            return False
        self._part = "explanation"
        return True

    def _take_stated_key(self, text: str) -> None:
        if self.draft.key_text is not None and self.draft.key_text != text:
            self.draft.report("repeated_key_line", column="key", first=self.draft.key_text[:60], second=text[:60])
        self.draft.key_text = text
        self._part = "key"

    # The text of a question

    def _take_content(self, line: Line, next_line: Line) -> None:
        if not line.text.strip():
            return
        if self._part in {"outside", "keys"}:
            self._ignore(line.text)
        elif self._part == "explanation" or (self._part == "key" and self.draft.options):
            self.draft.explanation.append(line.text)
        elif self._part == "options":
            self._take_more_options(line, next_line)
        else:
            self._take_stem(line, next_line)

    def _ignore(self, text: str) -> None:
        if self.drafts and not text.isupper():
            self._ignored.append(clean(text)[:60])

    def _take_stem(self, line: Line, next_line: Line) -> None:
        labels = labels_in(line.text, next_letter=_first_letter(next_line))
        if not labels or labels[0].upper != "A":
            self.draft.stem.append(line.text)
            return
        self.draft.stem += [before] if (before := line.text[: labels[0].position]).strip() else []
        self._add_options(line, labels)

    def _take_more_options(self, line: Line, next_line: Line) -> None:
        options = self.draft.options
        label = label_at_start(line.text)
        if label is None or (label.letter.islower() and options[-1].letter.isupper()):
            options[-1].parts.append(line)
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

    def _add_options(self, line: Line, labels: Sequence[Label]) -> None:
        ends = [*(label.position for label in labels[1:]), None]
        for label, end in zip(labels, ends, strict=True):
            self.draft.add_option(line, label, end)
        self._part = "options"

    # Finishing

    def finish(self, problems: Iterable[Problem] = (), tabled: Sequence[Found] = ()) -> ReadResult:
        numbers = Counter(draft.number for draft in self.drafts)
        found = [Found(draft.finish(self._listed_key(draft, numbers)), draft.number) for draft in self.drafts]
        own = [problem for draft in self.drafts for problem in draft.problems]
        return result([*tabled, *found], [*problems, *self.keys.problems, *own, *self._about_file(numbers)])

    def _listed_key(self, draft: Draft, numbers: Counter[int]) -> tuple[str, ...] | None:
        listed = self.keys.keys.get(draft.number)
        if listed and numbers[draft.number] > 1:
            draft.report("ambiguous_number", column="key", times=numbers[draft.number])
            return None
        return listed

    def _about_file(self, numbers: Counter[int]) -> Iterator[Problem]:
        yield from self.keys.unused(set(numbers))
        for number, times in numbers.items():
            if times > 1:
                yield Problem("repeated_number", Severity.WARNING, number, params={"times": times})
        missing = sorted(set(range(min(numbers, default=1), max(numbers, default=0))) - set(numbers))
        for number in missing[:_MOST_NAMED]:
            yield Problem("missing_number", Severity.WARNING, number)
        for text in self._ignored[:_MOST_NAMED]:
            yield Problem("text_ignored", Severity.WARNING, params={"found": text})
        if self._lines_with_tags:
            yield Problem("tags_dropped", Severity.WARNING, params={"lines": self._lines_with_tags})
        by_marking = sum(draft.key_from_marking for draft in self.drafts)
        if by_marking:
            yield Problem("keys_from_marking", Severity.WARNING, params={"found": by_marking})


def _first_letter(line: Line) -> str:
    label = label_at_start(line.text)
    return label.letter if label else ""
