"""From what a person wants written to the smallest change of the files that writes it."""
