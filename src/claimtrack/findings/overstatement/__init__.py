"""Claims that say more than their quotes."""
