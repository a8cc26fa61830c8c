"""The demonstration: units, people, a bank, one finished and one open contest."""
