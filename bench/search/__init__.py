"""All marks of the search, printed side by side: `python -m bench.search`."""
