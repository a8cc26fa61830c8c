"""What a Word file that a page sent says."""

from io import BytesIO

import docx


def read(page):
    """All its text, that of tables last."""
    document = docx.Document(BytesIO(page.get_data()))
    inside = [
        one.text for table in document.tables for row in table.rows for cell in row.cells for one in cell.paragraphs
    ]
    return "\n".join([*(one.text for one in document.paragraphs), *inside]).replace("\u00a0", " ")
