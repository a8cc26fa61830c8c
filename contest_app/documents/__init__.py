"""Printed documents of a contest, and how each unit heads, numbers and signs them."""
