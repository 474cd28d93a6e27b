"""Sign-in, passwords, and a person's own account."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import views
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import get_language, gettext, override
from django.views.decorators.http import require_http_methods

from intranet.accounts import outside
from intranet.accounts.actions import choose_language, language_of
from intranet.accounts.forms import LanguageForm, ResetForm, SignInForm
from intranet.accounts.roles import Role, has_role, roles_of
from intranet.accounts.sessions import end_sessions
from intranet.accounts.sign_in import front_page_of, proceed
from intranet.audit.actions import record


class SignIn(views.LoginView):
    """The one way in: Wagtail's admin sends people here too."""

    form_class = SignInForm
    template_name = "accounts/login.html"
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The form, and the provider by which one can come in too."""
        return super().get_context_data(outside=outside.label(), **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        """On to the second factor, or in."""
        return proceed(self.request, form.get_user(), self.get_redirect_url())

    def form_invalid(self, form: Any) -> HttpResponse:
        """Say what is wrong; whoever must wait is told how long, by the status too."""
        response = super().form_invalid(form)
        if form.wait:
            response.status_code = 429
            response["Retry-After"] = str(form.wait)
        return response

    def get_default_redirect_url(self) -> str:
        """The front page in the person's own language."""
        return front_page_of(self.request.user)


@method_decorator(login_not_required, name="dispatch")
class ResetRequest(views.PasswordResetView):
    """Ask for a link by e-mail. The answer is the same whether or not the address is known."""

    form_class = ResetForm
    template_name = "accounts/password_reset.html"
    email_template_name = "accounts/email/password_reset.txt"
    subject_template_name = "accounts/email/password_reset_subject.txt"
    success_url = reverse_lazy("accounts:password_reset_sent")


@method_decorator(login_not_required, name="dispatch")
class ResetSent(views.PasswordResetDoneView):
    """The link is on its way, if the address is known."""

    template_name = "accounts/password_reset_sent.html"


@method_decorator(login_not_required, name="dispatch")
class ResetConfirm(views.PasswordResetConfirmView):
    """Choose a new password, by the link of the e-mail."""

    template_name = "accounts/password_reset_confirm.html"
    success_url = reverse_lazy("accounts:login")

    def form_valid(self, form: Any) -> HttpResponse:
        """Keep the password and send the person to sign in with it."""
        response = super().form_valid(form)
        end_sessions(self.user)
        record(self.user, "account.password_reset", self.user)
        messages.success(self.request, gettext("Your password has been changed. Sign in with the new one."))
        return response


class ChangePassword(views.PasswordChangeView):
    """Change the password, knowing the old one."""

    template_name = "accounts/password_change.html"
    success_url = reverse_lazy("accounts:profile")

    def form_valid(self, form: Any) -> HttpResponse:
        """Keep the password; the person's other sessions end with it."""
        response = super().form_valid(form)
        end_sessions(form.user, but=self.request.session.session_key)
        record(self.request.user, "account.password_changed", form.user)
        messages.success(self.request, gettext("Your password has been changed."))
        return response


@require_http_methods(["GET", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """A person's own account: who he is here, his roles, his language."""
    form = LanguageForm(request.POST or None, initial={"language": language_of(request.user)})
    if request.method == "POST" and form.is_valid():
        language = form.cleaned_data["language"]
        choose_language(request.user, language)
        with override(language):
            messages.success(request, gettext("Your choice has been kept."))
            return redirect("accounts:profile")
    roles = sorted(role.label for role in roles_of(request.user))
    two_persons = has_role(request.user, Role.ADMINISTRATOR, Role.AUDITOR)
    context = {"form": form, "roles": roles, "language": get_language(), "two_persons": two_persons}
    return render(request, "accounts/profile.html", context, status=400 if form.errors else 200)
