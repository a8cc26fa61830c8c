"""What a contest taught: reach, audience, knowledge, questions, integrity, comparison, satisfaction."""
