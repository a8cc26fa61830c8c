"""Files of questions: each format turns bytes into a ``ReadResult`` and, where it can, questions into bytes."""
