"""The desk (میز کار): what waits for me, where my texts are, what I was told, where I belong."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from intranet.accounts.roles import roles_of
from intranet.dashboards import digests, queries
from intranet.dashboards.models import Reading
from intranet.dashboards.news import digest_of, news_for, since_for
from intranet.notifications.queries import unread_for
from organizations.queries import waiting_for_decision, waiting_of
from workflows import actions
from workflows.forms import SubstitutionForm
from workflows.models import Substitution
from workflows.queries import DECIDING_ROLES, drafts_of, queue_of, submissions_of


@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """The desk of the person who asks."""
    user = request.user
    deciding = bool(roles_of(user) & DECIDING_ROLES)
    context = {
        "roles": sorted(role.label for role in roles_of(user)),
        "deciding": deciding,
        "queue": list(queue_of(user)),
        "submissions": submissions_of(user),
        "drafts": list(drafts_of(user)),
        "notices": list(unread_for(user)[:6]),
        "since": (since := since_for(user)),
        "news": news_for(user, since),
        "digest": digest_of(user),
        "digests": Reading.Digest.choices,
        "waiting": waiting_of(user),
        "letters": waiting_for_decision(user),
        "places": queries.places_of(user),
        "decisions": queries.latest_decisions(user),
        "beginnings": queries.beginnings_of(user),
        "stand_ins": list(
            Substitution.objects.current().filter(substitute=user).select_related("absent")
            if deciding
            else []
        ),
    }
    return render(request, "dashboards/desk.html", context)


def substitutions(request: HttpRequest) -> HttpResponse:
    """My substitutes: name one among the holders of my role, end a substitution."""
    form = SubstitutionForm(request.POST or None)
    candidates = queries.possible_substitutes(request.user)
    form.set_candidates(candidates)
    if request.method == "POST" and form.is_valid():
        try:
            actions.substitute(
                request.user,
                form.cleaned_data["substitute"],
                form.cleaned_data["valid_from"],
                form.cleaned_data["valid_to"],
                form.cleaned_data["reason"],
            )
        except actions.Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Your substitute is named and told."))
            return redirect("desk:substitutions")
    today = timezone.localdate()
    rows = Substitution.objects.filter(absent=request.user.pk, valid_to__gte=today).select_related(
        "substitute"
    )
    context = {
        "form": form,
        "rows": rows.order_by("valid_from"),
        "today": today,
        "possible": candidates.exists(),
    }
    return render(
        request,
        "dashboards/substitutions.html",
        context,
        status=422 if form.is_bound and form.errors else 200,
    )


@require_POST
def end_substitution(request: HttpRequest, pk: int) -> HttpResponse:
    """End a substitution of mine."""
    row = get_object_or_404(Substitution, pk=pk, absent=request.user)
    actions.end_substitution(row, request.user)
    messages.success(request, _("The substitution has ended."))
    return redirect("desk:substitutions")


@require_POST
def seen(request: HttpRequest) -> HttpResponse:
    """I have seen what is new; or, to take that back, show the last two weeks again."""
    moment = None if "again" in request.POST else timezone.now()
    Reading.objects.update_or_create(user_id=int(request.user.pk or 0), defaults={"seen_at": moment})
    return redirect("desk:desk")


@require_POST
def choose_digest(request: HttpRequest) -> HttpResponse:
    """Choose how often a digest comes by e-mail."""
    digest = request.POST.get("digest", "")
    if digest not in Reading.Digest.values:
        messages.error(request, _("Choose one of the three."))
        return redirect("desk:desk")
    digests.choose(request.user, digest)
    messages.success(request, _("Your choice has been kept."))
    return redirect("desk:desk")


@require_POST
def read_notices(request: HttpRequest) -> HttpResponse:
    """Mark my notices as read, those that were on the page."""
    shown = [int(pk) for pk in request.POST.getlist("notice") if pk.isdigit()]
    unread_for(request.user).filter(pk__in=shown).update(read_at=timezone.now())
    return redirect("desk:desk")
