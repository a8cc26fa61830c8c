"""Item and test statistics: marks in, numbers out, with a reason wherever a number would mean nothing."""
