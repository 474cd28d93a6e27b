"""The form that the style guide shows."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .fields import JalaliDateField, JalaliDateTimeField


class SampleForm(forms.Form):
    """One field of each kind."""

    title = forms.CharField(label=_("Title"), help_text=_("As it will be printed."))
    kind = forms.ChoiceField(label=_("Kind"), choices=[("bylaw", _("Bylaw")), ("directive", _("Directive"))])
    day = JalaliDateField(label=_("Date"))
    moment = JalaliDateTimeField(label=_("Date and time"), required=False)
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea, required=False)
    attachment = forms.FileField(label=_("File"), required=False, help_text=_("PDF or DOCX, up to 50 MB."))
    agreed = forms.BooleanField(label=_("I have read the text"), required=False)
