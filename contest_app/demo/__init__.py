"""What a fresh installation can be tried with: invented people, our own questions, two contests."""
