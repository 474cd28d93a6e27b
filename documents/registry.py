"""Numbers of the secretariat's registers: given at issue, in one sequence a register and Jalali year."""

import datetime

from django.db import transaction
from django.db.models import F

from documents.models import Register, RegisterYear, RegistryNumber
from intranet.audit.actions import record
from intranet.audit.sealing import Personal
from intranet.ui.calendar import jalali_year


def issue_number(register_code: str, target_uid: str, on: datetime.date) -> RegistryNumber:
    """Give the next number of a register, in the caller's transaction.

    The sequence's row is updated first and so held until the transaction ends: whoever comes second waits, and a
    transaction that is rolled back gives its number back before anybody has seen it. Raises
    `Register.DoesNotExist` for an unknown register.
    """
    with transaction.atomic():
        register = Register.objects.get(code=register_code)
        year = jalali_year(on)
        RegisterYear.objects.get_or_create(register=register, year=year)
        RegisterYear.objects.filter(register=register, year=year).update(last=F("last") + 1)
        sequence = RegisterYear.objects.get(register=register, year=year).last
        text = register.pattern.format(year=year, code=register.prefix, seq=sequence)
        return RegistryNumber.objects.create(
            register=register, year=year, sequence=sequence, text=text, target_uid=target_uid
        )


def void_number(number: RegistryNumber, reason: str, actor: object) -> None:
    """Mark a number as void. It stays in the register and is never given again."""
    with transaction.atomic():
        number.void_reason = reason
        number.save(update_fields=["void_reason"])
        record(actor, "registry.voided", number, reason=Personal(actor, reason))
