"""The auditors' desk: the record of acts on a screen and as a file. Knows every room, as a roof does."""
