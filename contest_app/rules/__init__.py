"""A contest's rules as one typed value. Knows no web and no database."""
