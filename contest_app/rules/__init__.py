"""A contest's rules as one typed value. Knows no web and no database; its words are in ``contests.rules_in_words``."""
