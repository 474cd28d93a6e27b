"""Turning a sheet's HTML into a PDF. Import it where one is made: WeasyPrint takes a second to load."""

import warnings
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from weasyprint import HTML
from weasyprint.urls import URLFetcher, URLFetcherResponse

VARIANT = "pdf/a-3a"
OWN_FILES = {
    "own:regular": ("ui/fonts/Vazirmatn-Regular.ttf", "font/ttf"),
    "own:bold": ("ui/fonts/Vazirmatn-Bold.ttf", "font/ttf"),
    "own:mark": ("ui/img/mark.svg", "image/svg+xml"),
}


class OwnFiles(URLFetcher):
    """Gives our own fonts and drawings by name, and refuses every other address."""

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """The file called `url`; ValueError for anything else."""
        if url not in OWN_FILES:
            raise ValueError(f"not one of our own files: {url}")
        name, media_type = OWN_FILES[url]
        return URLFetcherResponse(
            url, Path(finders.find(name) or name).read_bytes(), {"Content-Type": media_type}
        )


def typeset(html: str) -> bytes:
    """The PDF of a sheet."""
    document = HTML(string=html, base_url=settings.SITE_URL, url_fetcher=OwnFiles())
    with warnings.catch_warnings():
        # WeasyPrint 70 leaves its own colour profile open; to be removed when it closes it.
        warnings.simplefilter("ignore", ResourceWarning)
        made: bytes = document.write_pdf(pdf_variant=VARIANT, pdf_tags=True)
    return made
