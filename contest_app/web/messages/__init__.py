"""Codes and parameters into sentences."""
