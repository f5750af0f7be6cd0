"""Two changed copies of a file made one, claim by claim: what ``git merge`` starts for a register.

A file is taken apart into sections, entries, keys and items (parts.py, brackets.py), the parts of
three sides are put beside each other (matching.py) and in order (ordering.py), and each is taken
from the side that changed it, to the letter (weaving.py). Where both changed one thing differently,
both stand in the result between git's markers (choices.py). What comes out is read back and
compared with a merge of the bare meanings (expected.py); merge.py is the way in.
"""
