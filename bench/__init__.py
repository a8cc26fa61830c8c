"""Load driver: how many saves, starts and submissions a second, as a share of a bare handler's in the same run."""
