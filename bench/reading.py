"""``python -m bench.reading``: seconds and peak memory of reading banks, and how both grow with the questions.

Each file is read in a process of its own, so that one reading's peak is not another's. Needs no server.
"""

import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

from question_bank.formats.registry import FORMATS
from question_bank.model import LegalBasis, Option, Question

_FILES = (("json", 600), ("json", 6_000), ("xlsx", 1_000), ("xlsx", 5_000), ("text", 1_000), ("text", 5_000))
_MOST_SECONDS = 15.0  # for the largest of them, on a busy machine
_LAW = LegalBasis("36/2024/QH15", "9", "2", "Luật Trật tự, an toàn giao thông đường bộ")
Generated = Callable[[Sequence[Question]], bytes]


class Reading(NamedTuple):
    seconds: float
    peak_mebibytes: float  # of the whole process
    grown_mebibytes: float  # while reading
    questions: int


def main() -> int:
    print(
        f"{'format':>6} {'questions':>9} {'MB':>6} {'seconds':>8} {'ms each':>8} {'peak MiB':>9} {'of it reading':>14}"
    )
    slow = False
    for name, count in _FILES:
        data = _written(name)([_question(number) for number in range(count)])
        reading = _alone(name, data)
        each = reading.seconds / count * 1000
        print(
            f"{name:>6} {reading.questions:>9} {len(data) / 1e6:>6.1f} {reading.seconds:>8.2f} {each:>8.2f}"
            f" {reading.peak_mebibytes:>9.0f} {reading.grown_mebibytes:>14.0f}"
        )
        slow = slow or reading.questions != count or reading.seconds > _MOST_SECONDS
    return 1 if slow else 0


def _alone(name: str, data: bytes) -> Reading:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        return process.submit(read_once, name, data).result()


def read_once(name: str, data: bytes) -> Reading:
    before = peak_mebibytes()
    began = time.perf_counter()
    read = FORMATS[name].read(data)
    seconds = time.perf_counter() - began
    return Reading(seconds, peak_mebibytes(), peak_mebibytes() - before, len(read.questions))


def peak_mebibytes() -> float:
    """Of this program alone: what ``getrusage`` tells reaches back to the process it was started from."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def _question(number: int) -> Question:
    stem = f"Câu hỏi số {number}: hành vi nào bị nghiêm cấm khi điều khiển phương tiện tham gia giao thông đường bộ?"
    options = tuple(
        Option(f"Phương án {letter} của câu {number}, dài như thường thấy", letter == "B") for letter in "ABCD"
    )
    topic = ("Giao thông", f"Chủ đề {number % 20}")
    return Question("single", stem, options, topic, legal_basis=(_LAW,), explanation="Theo điều khoản đã dẫn.")


def _written(name: str) -> Generated:
    write = FORMATS[name].write
    return (lambda questions: write(questions).data) if write is not None else _as_text


def _as_text(questions: Sequence[Question]) -> bytes:
    parts = []
    for number, question in enumerate(questions, start=1):
        options = (f"{letter}. {option.text}" for letter, option in zip("ABCD", question.options, strict=True))
        parts.append(
            "\n".join([f"Câu {number}: {question.stem}", *options, "Đáp án: B", f"Giải thích: {question.explanation}"])
        )
    return "\n\n".join(parts).encode()


if __name__ == "__main__":
    sys.exit(main())
