"""The demonstration's memorandum: what each side owes, what was shown for it, and what the other side said."""

import datetime as dt
import uuid
from typing import Any

from django.utils import timezone

from intranet.accounts.models import User
from intranet.demonstration.pages import COMMITTEE, Tree, body_named
from intranet.demonstration.texts import day, table
from intranet.ui.numerals import to_persian
from organizations.models import Organization
from pages.memoranda.models import Evidence, MemorandumPage, Obligation


def build_memorandum(tree: Tree) -> None:
    """The memorandum with the social and cultural deputy."""
    row = table("memorandum")["memorandum"]
    page = tree.add(f"memorandum:{row['slug']}", "memoranda", _memorandum, row)
    if page is None:
        return
    people = {user.username: user for user in User.objects.filter(username__in=("staff", "staff2"))}
    for obligation in table("memorandum")["obligation"]:
        for number, shown in enumerate(obligation.get("evidence", ())):
            fields = {"memorandum": page, "reference": _reference(obligation), "done_on": day(shown["done"])}
            tree.manifest.make(
                f"evidence:{_reference(obligation)}:{number}",
                Evidence.objects.filter(**fields),
                Evidence.objects.create,
                **fields,
                **_evidence(obligation, shown, people),
            )


def _memorandum(row: dict[str, Any]) -> MemorandumPage:
    page = MemorandumPage(
        title=row["title"],
        summary=row["summary"],
        first_party=Organization.objects.filter(name=row["first_party"]).first(),
        second_party=Organization.objects.filter(name=row["second_party"]).first(),
        committee=body_named(COMMITTEE),
        signed_on=day(row["signed_on"]),
        ends_on=day(row["expires_on"]),
        is_public=True,
        aims="\n".join(row["aims"]),
        source=row["body"].strip(),
    )
    for order, obligation in enumerate(table("memorandum")["obligation"]):
        page.obligations.add(
            Obligation(
                sort_order=order,
                reference=_reference(obligation),
                obligor=obligation["side"],
                text=obligation["text"],
                clause=f"ماده {to_persian(obligation['article'])}",
                indicator=obligation["indicator"],
                owner=obligation["owner"],
                due_on=day(obligation["due"]),
                months=obligation.get("months"),
            )
        )
    return page


def _reference(obligation: dict[str, Any]) -> uuid.UUID:
    """The same in every demonstration."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"obligation:{obligation['text']}")


def _evidence(obligation: dict[str, Any], row: dict[str, Any], people: dict[str, Any]) -> dict[str, Any]:
    """What was shown for an obligation; what the other side answered, another person has entered a week later."""
    entered = timezone.make_aware(dt.datetime.combine(day(row["done"]) or timezone.localdate(), dt.time(11)))
    answered = row["state"] != "waiting"
    return {
        "turn": day(row.get("turn", obligation["due"])),
        "words": row["words"],
        "amount": row.get("amount"),
        "place": row.get("place", ""),
        "side": "second" if obligation["side"] == "second" else "first",
        "letter": row.get("letter", ""),
        "reported_by": people.get("staff"),
        "reported_at": entered,
        "state": row["state"],
        "answer": row.get("answer", ""),
        "answer_letter": row.get("answer_letter", ""),
        "decided_by": people.get("staff2") if answered else None,
        "decided_at": entered + dt.timedelta(days=7) if answered else None,
    }
