"""How a body decides, in sentences."""

from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from intranet.ui.numerals import localized
from organizations import deciding
from organizations.deciding import Count, Fault, Rule, votes_needed


class Majority(models.TextChoices):
    """The majorities by the names that people read."""

    OF_PRESENT = deciding.Majority.OF_PRESENT.value, gettext_lazy("more than half of those present")
    OF_MEMBERS = deciding.Majority.OF_MEMBERS.value, gettext_lazy("more than half of all members")
    TWO_THIRDS = deciding.Majority.TWO_THIRDS.value, gettext_lazy("two thirds of those present")
    TWO_THIRDS_OF_MEMBERS = (
        deciding.Majority.TWO_THIRDS_OF_MEMBERS.value,
        gettext_lazy("two thirds of all members"),
    )
    UNANIMITY = deciding.Majority.UNANIMITY.value, gettext_lazy("all who are present")


def sentence_of_rule(rule: Rule) -> str:
    """«رسمیت با حضور … نفر از … عضو؛ تصویب با رأی …»."""
    return localized(
        _("A quorum of %(quorum)s of %(members)s members; carried by %(majority)s.")
        % {
            "quorum": rule.least_present,
            "members": rule.members,
            "majority": Majority(rule.majority.value).label,
        }
    )


def sentence_of_quorum(rule: Rule, present: int) -> str:
    """Whether there is a quorum, with the numbers."""
    values = {"present": present, "members": rule.members, "quorum": rule.least_present}
    if deciding.has_quorum(rule, present):
        said = _("%(present)s of %(members)s members are present; the quorum of %(quorum)s is reached.")
    else:
        said = _("%(present)s of %(members)s members are present; the quorum of %(quorum)s is not reached.")
    return localized(said % values)


def sentence_of_vote(rule: Rule, present: int, count: Count) -> str:
    """How the outcome follows from the count: the rule, what it asks here, what was cast."""
    needed = votes_needed(rule, present)
    said = ngettext(
        "%(present)s present; carried by %(majority)s, that is %(needed)s vote; in favour %(in_favour)s.",
        "%(present)s present; carried by %(majority)s, that is %(needed)s votes; in favour %(in_favour)s.",
        needed,
    )
    return localized(
        said
        % {
            "present": present,
            "majority": Majority(rule.majority.value).label,
            "needed": needed,
            "in_favour": count.in_favour,
        }
    )


def sentence_of_fault(fault: Fault) -> str:
    """What is not as the rule of composition says."""
    said: dict[str, Any] = {
        "too_many": _("«%(seat)s»: %(taken)s members on %(count)s seats."),
        "vacant": _("«%(seat)s»: %(taken)s of %(count)s seats are filled."),
        "no_seat": _("«%(name)s» is a member but has no seat by the rule of composition."),
        "names": _("«%(seat)s»: %(asked)s organizations are to be named; %(named)s are."),
        "choice": _("«%(seat)s»: %(count)s of the named organizations is to be chosen; %(chosen)s is."),
        "not_chosen": _("«%(name)s» sits on «%(seat)s» for an organization that was not chosen."),
        "term_over": _("The term of «%(name)s» (%(years)s years) is over."),
    }
    return localized(said[fault.code] % fault.values)
