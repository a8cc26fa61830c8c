"""Addresses people bring along: followed only where they stay on this site."""

from urllib.parse import urlsplit


def is_local(address: str) -> bool:
    """Whether an address is a path on this site; browsers read "//", "/\\" and hidden tabs as another host."""
    parts = urlsplit(address)
    starts_here = address.startswith("/") and not address.startswith(("//", "/\\"))
    return starts_here and address.isprintable() and not parts.netloc and not parts.scheme
