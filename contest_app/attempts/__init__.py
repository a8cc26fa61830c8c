"""The sitting: starting, saving, submitting, closing."""
