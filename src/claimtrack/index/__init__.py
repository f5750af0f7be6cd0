"""What was read of a register, kept for the next command. Delete it and nothing is lost."""
