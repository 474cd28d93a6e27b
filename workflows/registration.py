"""What the rooms above tell this one about the texts it moderates."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models

OnApproval = Callable[[Any, datetime.date], None]


@dataclass(frozen=True)
class Moderated:
    """A model whose objects go through workflows.

    `register_code` names the register that numbers it at approval (its `number` field takes the number), or is
    empty. `on_approval(obj, day)` fills what approval settles, before the approved revision is saved and published.
    `numbered` texts, once published, are corrected only with an erratum note; one that is amended from a day of its
    own on, which `day_field` gives, needs none. `district_field` names the field by
    which a text belongs to a district, whose secretariat then takes part in the editorial review.
    """

    model: type[models.Model]
    register_code: str = ""
    on_approval: OnApproval | None = None
    district_field: str = ""
    day_field: str = ""

    @property
    def numbered(self) -> bool:
        """Whether the text gets a number."""
        return bool(self.register_code)


_moderated: dict[type[models.Model], Moderated] = {}


def register(
    model: type[models.Model],
    *,
    register_code: str = "",
    on_approval: OnApproval | None = None,
    district_field: str = "",
    day_field: str = "",
) -> None:
    """Register `model`; call it from `AppConfig.ready()`."""
    _moderated[model] = Moderated(model, register_code, on_approval, district_field, day_field)


def registration_of(obj: Any) -> Moderated:
    """What is registered for the object's model; a text without number when nothing is."""
    for base in type(obj).__mro__:
        if base in _moderated:
            return _moderated[base]
    return Moderated(type(obj))


def registered() -> list[Moderated]:
    """All that is registered."""
    return list(_moderated.values())
