"""From the text of a register to sound values, with a diagnostic for whatever is not."""
