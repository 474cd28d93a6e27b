"""What is told of people to the rooms beside this one."""

from django.dispatch import Signal

# Sent with `person` in the transaction that joins an invited person to his new account.
account_joined = Signal()
