"""A process of its own that writes to the record: `python -m tests.intranet.audit.writing NAME COUNT [die]`."""

import os
import sys

import django


def write(name, count, dies):
    """Write `count` events in transactions of two; with `dies` end between the last commit and its links."""
    from django.db import transaction

    from intranet.audit.actions import record

    for number in range(0, count, 2):
        with transaction.atomic():
            if dies and number + 2 >= count:
                transaction.on_commit(lambda: os._exit(7))
            record(None, f"test.{name}", None, number=number)
            record(None, f"test.{name}", None, number=number + 1)


if __name__ == "__main__":
    django.setup()
    write(sys.argv[1], int(sys.argv[2]), "die" in sys.argv)
