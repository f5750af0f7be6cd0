"""Completion in shells: the scripts that do it, and the ids that they ask the program for.

Commands, options and fixed words stand in the scripts. ``suggesting`` answers for what a register
holds, and imports next to nothing: somebody waits for it with a finger on a key.
"""
