"""What nearly conflicts: pairs that escaped for one reason only. Suggestions, never findings."""
