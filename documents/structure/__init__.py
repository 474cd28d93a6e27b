"""Parsers of Persian official texts: plain Python, imports nothing of Django or of the other rooms."""
