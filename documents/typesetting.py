"""Turning a sheet's HTML into a PDF. Import it where one is made: WeasyPrint takes a second to load.

What comes out is archival and accessible: PDF/A-3a (so it may carry its source as an attachment) and PDF/UA-1.
"""

import logging
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from weasyprint import HTML, Attachment
from weasyprint.logger import PROGRESS_LOGGER
from weasyprint.pdf.metadata import DocumentMetadata
from weasyprint.urls import URLFetcher, URLFetcherResponse

from documents.pdf import Attached

VARIANT = "pdf/a-3a"
OWN_FILES = {
    "own:regular": ("ui/fonts/Vazirmatn-Regular.ttf", "font/ttf"),
    "own:bold": ("ui/fonts/Vazirmatn-Bold.ttf", "font/ttf"),
    "own:mark": ("ui/img/mark.svg", "image/svg+xml"),
}
#: What WeasyPrint does not say when it makes PDF/A: that the file is PDF/UA-1 too, in the words PDF/A allows.
ACCESSIBLE = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 to which the file conforms</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description></rdf:RDF>"""


class OwnFiles(URLFetcher):
    """Gives our own fonts and drawings by name, and refuses every other address."""

    def __init__(self, drawings: Mapping[str, bytes] | None = None) -> None:
        super().__init__()
        self.drawings = drawings or {}

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """The file called `url`; ValueError for anything else."""
        if url in self.drawings:
            return URLFetcherResponse(url, self.drawings[url], {"Content-Type": "image/svg+xml"})
        if url not in OWN_FILES:
            raise ValueError(f"not one of our own files: {url}")
        name, media_type = OWN_FILES[url]
        return URLFetcherResponse(
            url, Path(finders.find(name) or name).read_bytes(), {"Content-Type": media_type}
        )


def typeset(
    html: str,
    *,
    drawings: Mapping[str, bytes] | None = None,
    attached: Sequence[Attached] = (),
    progress: Callable[[int], object] | None = None,
) -> bytes:
    """The PDF of a sheet; `drawings` are SVGs that it names, `progress` hears each time of how many pages are set."""
    document = HTML(string=html, base_url=settings.SITE_URL, url_fetcher=OwnFiles(drawings))
    files = [
        Attachment(string=each.content, name=each.name, description=each.description, relationship="Source")
        for each in attached
    ]
    with _told(progress):
        laid_out = document.render(pdf_variant=VARIANT, pdf_tags=True)
    _say_accessible(laid_out.metadata)
    with warnings.catch_warnings():
        # WeasyPrint 70 leaves its own colour profile open; to be removed when it closes it.
        warnings.simplefilter("ignore", ResourceWarning)
        return bytes(laid_out.write_pdf(pdf_variant=VARIANT, pdf_tags=True, attachments=files))


def _say_accessible(metadata: DocumentMetadata) -> None:
    """Add `ACCESSIBLE` to what the file says about itself; until WeasyPrint has a variant that is both."""
    own = metadata.generate_rdf_metadata
    metadata.generate_rdf_metadata = lambda *variant: own(*variant).replace(b"</rdf:RDF>", ACCESSIBLE)


@contextmanager
def _told(progress: Callable[[int], object] | None) -> Iterator[None]:
    """WeasyPrint tells its progress to a logger alone."""
    if progress is None:
        yield
        return
    handler = _Pages(progress)
    level, propagate = PROGRESS_LOGGER.level, PROGRESS_LOGGER.propagate
    PROGRESS_LOGGER.addHandler(handler)
    PROGRESS_LOGGER.setLevel(logging.INFO)
    PROGRESS_LOGGER.propagate = False
    try:
        yield
    finally:
        PROGRESS_LOGGER.removeHandler(handler)
        PROGRESS_LOGGER.setLevel(level)
        PROGRESS_LOGGER.propagate = propagate


class _Pages(logging.Handler):
    def __init__(self, progress: Callable[[int], object]) -> None:
        super().__init__(logging.INFO)
        self.progress, self.most = progress, 0

    def emit(self, record: logging.LogRecord) -> None:
        page = record.args[0] if isinstance(record.args, tuple) and record.args else None
        if "layout" in record.msg and isinstance(page, int) and page > self.most:
            self.most = page
            self.progress(page)
