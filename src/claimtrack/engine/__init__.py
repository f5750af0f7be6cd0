"""The conflict engine: assertions in, collisions out. Pure: no files, no clock, no output."""
