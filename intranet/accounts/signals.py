"""What this room tells the rooms above it."""

from django.dispatch import Signal

# `invitation` and `user`, in the transaction in which the account became its holder's own.
invitation_accepted = Signal()
