"""Declared events in an append-only, hash-chained log."""
