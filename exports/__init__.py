"""Values in, bytes out: workbooks, charts and printable documents. Knows no web and no database."""
