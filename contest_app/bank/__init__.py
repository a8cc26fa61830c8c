"""Question banks: writing, reviewing, importing, searching."""
