"""What a password may not be, besides what Django itself refuses."""

from pathlib import Path
from typing import Any

from django.contrib.auth.password_validation import CommonPasswordValidator, MinimumLengthValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from intranet.accounts.names import fold_name
from intranet.ui.numerals import localized

_PERSIAN = Path(__file__).parent / "data" / "common_persian_passwords.txt"


class LongEnoughValidator(MinimumLengthValidator):
    """Django's rule, said in the language and the digits of the person (Django 6 has no Persian for it)."""

    def get_error_message(self) -> str:
        """What people read when it is too short."""
        return _("This password is too short: it needs %(count)s letters or signs at least.") % {
            "count": localized(self.min_length)
        }

    def get_help_text(self) -> str:
        """What people read below the field."""
        return _("At least %(count)s letters or signs; several words are easy to remember.") % {
            "count": localized(self.min_length)
        }


class CommonPasswordInAnyLettersValidator(CommonPasswordValidator):
    """Django's list of twenty thousand, and the words that people here choose; digits in whatever letters."""

    def __init__(self) -> None:
        super().__init__()
        own = _PERSIAN.read_text(encoding="utf-8").splitlines()
        self.passwords |= {line.strip() for line in own if line and not line.startswith("#")}

    def validate(self, password: str, user: Any = None) -> None:
        """Refuse a common password, also with digits or a sign at its end, and one that repeats itself."""
        plain = fold_name(password).lower()
        letters = plain.rstrip("0123456789!@#$%^&*._-")
        half = plain[: len(plain) // 2]
        shapes = {plain, plain.replace(" ", ""), letters, letters.replace(" ", "")}
        if half and half * 2 == plain:
            shapes.add(half)
        if len(set(plain)) <= 2 or any(shape in self.passwords for shape in shapes if len(shape) > 3):
            raise ValidationError(
                _("Many people choose this password, or it is easily guessed."), "too_common"
            )

    def get_help_text(self) -> str:
        """What people read below the field."""
        return _("It must not be a word that many people choose, with digits at its end or not.")
