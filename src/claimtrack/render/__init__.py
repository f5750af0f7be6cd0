"""From findings to words: tables, plain text, JSON, CSV and Markdown."""
