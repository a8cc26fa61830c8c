"""Units, accounts, roles, log-in, consent."""
