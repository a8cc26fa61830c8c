"""Pages that belong to no feature: home, privacy, health."""
