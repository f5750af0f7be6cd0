"""claimtrack: a ledger of claims, who makes them, on what evidence, and where they collide."""
