"""Contests: making them, opening them, their public pages."""
