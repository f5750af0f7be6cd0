"""The texts of sources: plain text, Markdown, HTML and PDF, whatever encoding they are in."""
