"""What editors write in the page tree, one app a family. Imports nothing of `search` but its records."""
