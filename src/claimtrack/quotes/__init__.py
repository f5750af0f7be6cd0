"""Quotes and the texts they are from: pure, without files, a clock or output."""
