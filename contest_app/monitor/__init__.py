"""The organiser's live view, and decisions about sittings."""
