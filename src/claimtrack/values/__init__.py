"""What a written value stands for: an interval on its property's own line."""
