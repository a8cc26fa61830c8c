"""Marks, standings, collective tables, releases and the result workbook."""
