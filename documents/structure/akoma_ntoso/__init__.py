"""A text of a day as Akoma Ntoso 3.0 (OASIS LegalDocML), written and read back. Plain Python, no Django."""
