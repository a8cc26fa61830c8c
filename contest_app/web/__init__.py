"""Forms, errors, headers and texts that every feature shares."""
