"""Prepare a site of the bench's own, measure, print."""

import argparse
import os
from pathlib import Path

from bench.load import CONNECTIONS, requests_per_second
from bench.servers import WORKERS, served
from intranet.supervisor.steps import ROOT, Place, prepare


def main():
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--seconds", type=int, default=5, help="how long each page is asked")
    parser.add_argument("--user", default="staff", help="the demonstration account that is signed in")
    parser.add_argument(
        "--data", type=Path, default=ROOT / "var" / "bench", help="where the measured site lives"
    )
    options = parser.parse_args()

    os.environ.update(
        {"DATA_DIR": str(options.data), "DJANGO_SETTINGS_MODULE": "intranet.settings.development"}
    )
    os.environ["SEARCH_RATE_SIGNED_IN"] = os.environ["SEARCH_RATE_ANONYMOUS"] = str(
        10**9
    )  # as many as it can
    os.environ.pop("DATABASE_URL", None)
    prepare(Place(options.data, "", "for the bench only"))

    import django

    django.setup()
    from bench.pages import cookie_of, measured_pages
    from intranet.outbox.actions import drain

    while drain("search"):  # as on a site whose worker is there
        pass
    pages = measured_pages()
    cookie = cookie_of(options.user)

    with served("bench.bare:application") as port:
        bare, _ = requests_per_second(f"http://localhost:{port}/", seconds=options.seconds)
    print(f"\n{WORKERS} workers, {CONNECTIONS} connections; bare Django view: {bare:,.0f} requests/s\n")
    print(f"{'':10}{'anonymous':>12}{'p99':>10}{'share':>9}{'signed in':>13}{'p99':>10}{'share':>9}   target")
    with served("intranet.wsgi:application") as port:
        for page in pages:
            line = f"{page.name:10}"
            shares = []
            for held in ("", cookie):
                rate, slowest = requests_per_second(
                    f"http://localhost:{port}{page.path}", seconds=options.seconds, cookie=held
                )
                shares.append(bare / rate)
                share = f"1/{bare / rate:.0f}"
                line += f"{rate:>{12 if not held else 13}.0f}{slowest:>10}{share:>9}"
            if page.target:
                reached = "reached" if max(shares) <= page.target else "NOT reached"
                line += f"   1/{page.target} {reached}"
            print(line, flush=True)


main()
