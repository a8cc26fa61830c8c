"""May I answer, what is the mark, who is first. Plain values in and out; ``now`` and ``seed`` are arguments."""
