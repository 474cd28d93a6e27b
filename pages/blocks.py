"""The StreamField blocks of free text."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from intranet.ui.blocks import JalaliDateBlock

RICH_TEXT = ["bold", "italic", "ol", "ul", "link", "document-link", "hr"]


class QuoteBlock(blocks.StructBlock):
    """Words of somebody else, with their source."""

    text = blocks.TextBlock(label=_("Text"))
    source = blocks.CharBlock(label=_("Source"), required=False)

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        template = "blocks/quote.html"


class FactBlock(blocks.StructBlock):
    """A number and what it counts."""

    value = blocks.CharBlock(label=_("Value"), max_length=20)
    label = blocks.CharBlock(label=_("Label"), max_length=80)

    class Meta:
        icon = "list-ol"
        label = _("Figure")


class KeyDateBlock(blocks.StructBlock):
    """A day and what happens on it."""

    date = JalaliDateBlock(label=_("Date"))
    text = blocks.CharBlock(label=_("What happens"), max_length=200)

    class Meta:
        icon = "date"
        label = _("Date")


class BodyBlock(blocks.StreamBlock):
    """Free text of a page."""

    heading = blocks.CharBlock(label=_("Heading"), icon="title", template="blocks/heading.html")
    paragraph = blocks.RichTextBlock(label=_("Text"), features=RICH_TEXT)
    quote = QuoteBlock()
    facts = blocks.ListBlock(FactBlock(), label=_("Figures"), icon="list-ol", template="blocks/facts.html")
    key_dates = blocks.ListBlock(
        KeyDateBlock(), label=_("Key dates"), icon="date", template="blocks/key_dates.html"
    )
    image = ImageChooserBlock(label=_("Image"), template="blocks/image.html")
    document = DocumentChooserBlock(label=_("Document"), template="blocks/document.html")
