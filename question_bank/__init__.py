"""What a question is, how it is checked, and how a paper is drawn. Knows no web, no database, no clock."""
