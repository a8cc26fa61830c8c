"""What a contest taught."""
