"""Which pictures of an evaluation a printed report holds."""

from exports.charts import as_png
from exports.evaluation import Evaluation
from exports.evaluation_charts import EVALUATION_CHARTS

IN_DOCUMENTS = ("theo-ngay", "tap-the", "pho-diem", "chu-de", "muc-do")


def document_charts(evaluation: Evaluation) -> list[tuple[str, bytes]]:
    """(caption, PNG) of each; ``evaluation`` in words."""
    figures = [EVALUATION_CHARTS[name](evaluation) for name in IN_DOCUMENTS]
    return [(figure.get_suptitle(), as_png(figure)) for figure in figures]
