"""Writing to the record, and forgetting a person in it."""

from typing import Any

from django.db import models, transaction
from django.utils import timezone

from intranet.audit.chain import link_after_commit
from intranet.audit.models import Event, PersonKey
from intranet.audit.sealing import Sealer, subject_of


def record(actor: Any, verb: str, target: models.Model | None = None, **detail: Any) -> Event:
    """Add an event in the caller's transaction; it joins the chain when that has ended.

    `actor` is a user, or None for the system itself; `verb` is `room.act` in the past tense, such as
    `workflow.approved`; `detail` must be JSON. The actor's name, everything about a target that is a person, and each
    `sealing.Personal` in the detail are sealed with that person's key.
    """
    known = getattr(actor, "pk", None) is not None
    sealer, about = Sealer(), subject_of(target)
    with transaction.atomic():
        event = Event(
            at=timezone.now(),
            actor_id=actor.pk if known else None,
            actor_sealed=sealer.seal(subject_of(actor), actor.get_username()) if known else "",
            verb=verb,
            target_type=target._meta.label if target else "",
            target_id=str(target.pk) if target else "",
            target_sealed=sealer.seal(about, str(target)[:255]) if target else "",
            detail_sealed=sealer.detail(about, detail),
        )
        event.save(force_insert=True)
        link_after_commit(event)
    return event


def forget(person: models.Model, by: Any = None) -> bool:
    """Make every personal value of `person` in the record unreadable for ever; whether there was any.

    `person` is a user, or a row of a model registered with `sealing.register`. The events stay, with the person's
    number in place of the name, and the chain still verifies. Raises TypeError for a row that is about nobody.
    """
    subject = subject_of(person)
    if subject is None:
        raise TypeError(f"{person!r} is not known to be a person")
    with transaction.atomic():
        removed, _per_model = PersonKey.objects.filter(person=subject).delete()
        label, _colon, number = subject.rpartition(":")
        sealer = Sealer()
        known = getattr(by, "pk", None) is not None and subject_of(by) != subject
        event = Event(
            at=timezone.now(),
            actor_id=getattr(by, "pk", None),
            actor_sealed=sealer.seal(subject_of(by), by.get_username()) if known else "",
            verb="person.forgotten",
            target_type=label,
            target_id=number,
        )
        event.save(force_insert=True)
        link_after_commit(event)
    return bool(removed)
