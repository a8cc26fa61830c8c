"""The activity ledger: what was done to spread the law, period reports and statistics forms."""
