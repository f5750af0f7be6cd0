"""Fetching one document over http or https: what is asked for, and nothing that it leads to."""
