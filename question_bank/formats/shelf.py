"""HTML of other systems on its way into a question: cleaned, with its media put aside."""

from question_bank.formats.html_media import Resolve, media_in
from question_bank.markup import cleaned
from question_bank.model import Media, Problem, Severity


class Shelf:
    """Keeps the media of one question, and what is to be said about them."""

    def __init__(self, resolve: Resolve) -> None:
        self._resolve = resolve
        self.media: list[Media] = []
        self.problems: list[Problem] = []

    def text(self, html: str, place: int | None = None) -> str:
        found, problems = media_in(html, self._resolve, place)
        self.media += found
        self.problems += problems
        return cleaned(html)

    def feedback(self, html: str) -> str:
        """Media cannot follow it: shown with the question they would give the answer away."""
        found, problems = media_in(html, self._resolve)
        lost = (Problem("media_in_feedback", Severity.WARNING, None, "media", {"name": one.name}) for one in found)
        self.problems += [*problems, *lost]
        return cleaned(html)

    def is_blank(self, html: str) -> bool:
        return ("<" not in html and not html.strip()) or not (cleaned(html) or media_in(html, self._resolve)[0])
