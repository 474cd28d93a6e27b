"""What editors teach the search, and what it learns from public text.

Every change of a synonym or a pinned answer writes a new version into `VocabularyState`: processes that hold the
vocabulary in memory compare it at each search.
"""

from collections import Counter

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from search.analysis import key
from search.forms import PinnedAnswerForm
from search.vocabulary import LONGEST_TERM, lines_of, terms_of


class Synonym(models.Model):
    """Words and phrases that mean the same: who searches for one finds the others too, behind exact words."""

    terms = models.TextField(
        _("words with the same meaning"),
        help_text=_(
            "One word or phrase a line; “=” or a comma between them will do too. Spelling does not matter."
        ),
    )
    note = models.CharField(_("note"), max_length=200, blank=True, help_text=_("For editors only."))

    class Meta:
        verbose_name = _("synonym")
        verbose_name_plural = _("synonyms")
        ordering = ("terms",)

    def __str__(self) -> str:
        return " = ".join(terms_of(self.terms))

    def clean(self) -> None:
        """At least two different terms, none of them another group's: groups that meet would go round in a circle."""
        terms = terms_of(self.terms)
        keys = {term: key(term) for term in terms}
        if empty := [term for term, found in keys.items() if not found]:
            raise ValidationError({"terms": gettext("“%s” has no letter or digit to search for.") % empty[0]})
        if long := [term for term, found in keys.items() if len(found.split()) > LONGEST_TERM]:
            raise ValidationError({"terms": gettext("“%s” is too long; keep to a few words.") % long[0]})
        if len(set(keys.values())) < 2:
            if len(terms) < 2:
                raise ValidationError({"terms": gettext("Write at least two words or phrases, one a line.")})
            raise ValidationError(
                {
                    "terms": gettext(
                        "These are only spellings of one word; the search knows that they are the same."
                    )
                }
            )
        for other in Synonym.objects.exclude(pk=self.pk):
            for term in terms_of(other.terms):
                mine = next((written for written, found in keys.items() if found == key(term)), None)
                if mine is not None:
                    raise ValidationError(
                        {
                            "terms": gettext(
                                "“%(term)s” stands in the group “%(group)s” already. Add your words to that one."
                            )
                            % {"term": mine, "group": other}
                        }
                    )


class PinnedAnswer(ClusterableModel):
    """Pages that stand at the top for some questions, as editors decided."""

    questions = models.TextField(
        _("questions"),
        help_text=_(
            "What people type, one question a line, in any spelling. The whole question must be the same."
        ),
    )

    base_form_class = PinnedAnswerForm

    class Meta:
        verbose_name = _("pinned answer")
        verbose_name_plural = _("pinned answers")
        ordering = ("questions",)

    def __str__(self) -> str:
        return " · ".join(lines_of(self.questions))

    def clean(self) -> None:
        """Every question can be searched for and is asked here only."""
        lines = lines_of(self.questions)
        if not lines:
            raise ValidationError({"questions": gettext("Write at least one question.")})
        keys = {line: key(line) for line in lines}
        if empty := [line for line, found in keys.items() if not found]:
            raise ValidationError(
                {"questions": gettext("“%s” has no letter or digit to search for.") % empty[0]}
            )
        for other in PinnedAnswer.objects.exclude(pk=self.pk):
            for line in lines_of(other.questions):
                mine = next((written for written, found in keys.items() if found == key(line)), None)
                if mine is not None:
                    raise ValidationError(
                        {
                            "questions": gettext("“%(question)s” is answered by “%(other)s” already.")
                            % {"question": mine, "other": other}
                        }
                    )


class PinnedPage(Orderable):
    """One page of a pinned answer. Shown only to those who may see the page."""

    answer = ParentalKey(PinnedAnswer, on_delete=models.CASCADE, related_name="pages")
    page = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.CASCADE, related_name="+", verbose_name=_("page")
    )

    class Meta(Orderable.Meta):
        verbose_name = _("pinned page")
        verbose_name_plural = _("pinned pages")

    def __str__(self) -> str:
        return str(self.page)

    def clean(self) -> None:
        """The page is published, and not there twice."""
        if self.page_id and not self.page.live:
            raise ValidationError(
                {
                    "page": gettext("“%s” is not published: nobody would find it. Publish it first.")
                    % self.page
                }
            )
        answer = getattr(self, "answer", None)
        if answer is not None and Counter(each.page_id for each in answer.pages.all())[self.page_id] > 1:
            raise ValidationError({"page": gettext("“%s” is chosen twice.") % self.page})


class VocabularyState(models.Model):
    """One row: the version of synonyms and pinned answers together, new at each change."""

    version = models.CharField(max_length=32)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.version


class LearntLexicon(models.Model):
    """Compounds learnt from public text, by digest: an index names the one that it was analysed with."""

    digest = models.CharField(max_length=32, unique=True)
    lines = models.TextField(blank=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.digest
