"""The admin's screens of synonyms and pinned answers."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from intranet.ui.viewsets import LocalizedSnippetViewSet
from search.models import PinnedAnswer, Synonym


class SynonymViewSet(LocalizedSnippetViewSet):
    """Groups of words with the same meaning."""

    model = Synonym
    icon = "list-ul"
    menu_label = _("Synonyms")
    list_display = ("__str__", "note")
    search_fields = ("terms", "note")
    panels = (FieldPanel("terms"), FieldPanel("note"))


class PinnedAnswerViewSet(LocalizedSnippetViewSet):
    """Pages at the top for some questions."""

    model = PinnedAnswer
    icon = "thumbtack"
    menu_label = _("Pinned answers")
    list_display = ("__str__",)
    search_fields = ("questions",)
    panels = (
        FieldPanel("questions"),
        InlinePanel(
            "pages",
            label=_("page"),
            heading=_("Pages at the top, in this order"),
            help_text=_("Each is shown only to those who may see it."),
            min_num=1,
        ),
    )


class VocabularyGroup(SnippetViewSetGroup):
    """Both, under one entry of the menu."""

    items = (SynonymViewSet, PinnedAnswerViewSet)
    menu_label = _("Words of the search")
    menu_icon = "search"
    menu_order = 700
