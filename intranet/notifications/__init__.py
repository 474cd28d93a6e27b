"""Notices to people, on their dashboard and by e-mail. Knows recipients and templates, not what they are about."""
