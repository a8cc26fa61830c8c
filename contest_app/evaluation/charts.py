"""The pictures of an evaluation."""

from exports.evaluation import Evaluation


def document_charts(evaluation: Evaluation) -> list[tuple[str, bytes]]:
    """(caption, PNG) in the order they are printed."""
    return []
