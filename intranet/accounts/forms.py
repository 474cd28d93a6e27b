"""What people fill in about their account."""

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm, PasswordResetForm
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from intranet.accounts import lockouts
from intranet.accounts.backends import account_called
from intranet.accounts.factors import check_code
from intranet.ui.numerals import localized


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
        self.wait = 0

    def clean(self) -> dict[str, Any]:
        """Refuse at once whoever tries too often from where he is; the message says how long to wait."""
        name = self.cleaned_data.get("username")
        if name is None or self.request is None:
            return super().clean()
        attempt = lockouts.begin(self.request, name, account_called(name))
        if attempt.wait:
            self.wait = attempt.wait
            raise delayed(attempt.wait)
        cleaned = super().clean()  # raises what is wrong
        attempt.succeed()
        return cleaned


def delayed(wait: int) -> forms.ValidationError:
    """Tried in vain too often; `wait` in seconds."""
    minutes, seconds = divmod(wait, 60)
    if not minutes:
        left = ngettext("%(count)s second", "%(count)s seconds", seconds) % {"count": localized(seconds)}
    else:
        minutes += bool(seconds)
        left = ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": localized(minutes)}
    return forms.ValidationError(
        gettext(
            "Too many attempts in vain. Try again in %(left)s. "
            "A device from which you have signed in before does not wait for others."
        )
        % {"left": left},
        code="delayed",
    )


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


class CodeForm(forms.Form):
    """A code of an authenticator app."""

    code = forms.CharField(
        label=_("Code of the app"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "dir": "ltr", "autofocus": True}
        ),
    )


class SecondStepForm(CodeForm):
    """The code of the app, or a recovery code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code of the app, or a recovery code")
        self.fields["code"].widget.attrs["inputmode"] = "text"


class PasskeyForm(forms.Form):
    """What a passkey is called, so that its owner knows it again."""

    name = forms.CharField(
        label=_("Name of this passkey"), max_length=80, help_text=_("For example: my phone")
    )


class ConfirmForm(forms.Form):
    """The password of the person who is signed in; the code of the app when he has no password."""

    secret = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=300,
        widget=forms.PasswordInput(
            attrs={"autocomplete": "current-password", "dir": "ltr", "autofocus": True}
        ),
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        if not user.has_usable_password():
            self.fields["secret"].label = _("Code of the app, or a recovery code")

    def fits(self) -> bool:
        """Whether it is his; an error in the form when not."""
        typed = self.cleaned_data["secret"]
        if self.user.has_usable_password():
            good = self.user.check_password(typed)
        else:
            good = check_code(self.user, typed) is not None
        if not good:
            self.add_error("secret", _("That is not right."))
        return good
