"""What people fill in about their account."""

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm, PasswordResetForm
from django.utils.translation import gettext_lazy as _


class SignInForm(AuthenticationForm):
    """Name or e-mail address, and password."""

    error_messages = {
        "invalid_login": _(
            "This name and password do not belong together. Capital letters count in the password."
        ),
        "inactive": _("This account is closed. Ask the headquarters."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("User name or e-mail")
        for field in self.fields.values():
            field.widget.attrs["dir"] = "ltr"


class ResetForm(PasswordResetForm):
    """The address to which a link for a new password goes."""

    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
    )

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Send the link. It names the site's own address, never the one that the request claims."""
        site = urlsplit(settings.SITE_URL)
        kwargs["domain_override"] = site.netloc
        kwargs["use_https"] = site.scheme == "https"
        super().save(*args, **kwargs)


class LanguageForm(forms.Form):
    """The language in which the site and the editing desk speak to a person."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES, widget=forms.RadioSelect)


class TokenForm(forms.Form):
    """What a new token of the API is for, and how long it is valid."""

    name = forms.CharField(
        label=_("Purpose"),
        max_length=80,
        help_text=_("The program that will use it, so that you know it again."),
    )
    days = forms.ChoiceField(
        label=_("Valid for"),
        choices=[("30", _("30 days")), ("90", _("90 days")), ("365", _("one year"))],
        initial="90",
    )
