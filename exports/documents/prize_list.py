"""Danh sách đạt giải, in the form of an annex to the decision it goes with."""

from exports.documents.letter import annex_head, sign
from exports.documents.page import as_bytes, new_document
from exports.documents.prize_tables import prize_tables
from exports.documents.values import Accompanied, Heading, Letterhead, Prizes


def prize_list(letterhead: Letterhead, heading: Heading, prizes: Prizes, goes_with: Accompanied) -> bytes:
    """:param heading: its subject names the contest; number and symbol are those of ``goes_with``."""
    document = new_document(f"Danh sách {heading.subject}", letterhead.issuer.replace("\n", " "), heading.day)
    annex_head(document, f"Danh sách {heading.subject}", goes_with)
    prize_tables(document, prizes)
    sign(document, letterhead, lists_recipients=False)
    return as_bytes(document)
