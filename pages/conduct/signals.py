"""What this room tells the rooms beside it."""

from django.dispatch import Signal

# Sent in the transaction that notifies minutes, with `page` (the published minutes), `user` and `on` (the day).
minutes_notified = Signal()
