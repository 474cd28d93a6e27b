"""Filters for dates, digits and numbers, in the form the active language expects."""

import datetime as dt
from decimal import Decimal

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from intranet.ui import calendar, collation, numerals

register = template.Library()

_Dateish = dt.date | dt.datetime | None


@register.filter(expects_localtime=True)
def jalali(value: _Dateish) -> str:
    """«۱۷ فروردین ۱۴۰۱», or "6 April 2022" in English; nothing for no date."""
    if not isinstance(value, dt.date):
        return ""
    if numerals.reads_persian():
        return calendar.to_jalali(value).long()
    return f"{value.day} {value:%B %Y}"


@register.filter(expects_localtime=True)
def jalali_short(value: _Dateish) -> str:
    """«۱۴۰۱/۰۱/۱۷», or "2022-04-06" in English."""
    if not isinstance(value, dt.date):
        return ""
    if numerals.reads_persian():
        return calendar.to_jalali(value).short()
    return f"{value:%Y-%m-%d}"


@register.filter(expects_localtime=True)
def jalali_ascii(value: _Dateish) -> str:
    """`1401-01-17`, for addresses."""
    return calendar.to_jalali(value).ascii().replace("/", "-") if isinstance(value, dt.date) else ""


@register.filter(expects_localtime=True)
def jalali_datetime(value: _Dateish) -> str:
    """«۱۷ فروردین ۱۴۰۱، ساعت ۰۹:۰۵», or "6 April 2022, 09:05" in English."""
    if not isinstance(value, dt.datetime):
        return jalali(value)
    clock = numerals.localized(f"{calendar.local(value):%H:%M}")
    return f"{jalali(value)}، ساعت {clock}" if numerals.reads_persian() else f"{jalali(value)}, {clock}"


@register.filter(expects_localtime=True)
def jalali_weekday(value: _Dateish) -> str:
    """The day's name before its date: «چهارشنبه ۱۷ فروردین ۱۴۰۱»."""
    if not isinstance(value, dt.date):
        return ""
    if numerals.reads_persian():
        return f"{calendar.WEEKDAYS[value.weekday()]} {jalali(value)}"
    return f"{value:%A} {jalali(value)}"


@register.filter(expects_localtime=True)
def jalali_year(value: _Dateish) -> int | str:
    """The Jalali year as a bare number, for addresses and groups; `|digits` shows it."""
    return calendar.jalali_year(value) if isinstance(value, dt.date) else ""


@register.filter(expects_localtime=True)
def iso(value: _Dateish) -> str:
    """The machine-readable form for `<time datetime>`."""
    if isinstance(value, dt.datetime):
        return value.isoformat(timespec="seconds")
    return value.isoformat() if isinstance(value, dt.date) else ""


@register.filter(expects_localtime=True)
def ago(value: _Dateish) -> str:
    """How long ago in whole days: «امروز ۰۹:۰۵», «دیروز ۰۹:۰۵», «۳ روز پیش»; beyond a month, the date."""
    if not isinstance(value, dt.date):
        return ""
    day = value.date() if isinstance(value, dt.datetime) else value
    days = (timezone.localdate() - day).days
    if days in (0, 1):
        word = _("yesterday") if days else _("today")
        return f"{word} {numerals.localized(f'{value:%H:%M}')}" if isinstance(value, dt.datetime) else word
    if 1 < days <= 30:
        return _("%(days)s days ago") % {"days": numerals.localized(days)}
    return jalali(value)


@register.filter
def digits(value: object) -> str:
    """The text with the digits of the active language."""
    return "" if value is None else numerals.localized(value)


@register.filter
def grouped(value: int | Decimal | None) -> str:
    """A quantity with its thousands set apart: «۱٬۲۵۰٬۰۰۰»."""
    return "" if value is None or value == "" else numerals.grouped(value)


@register.filter
def number(value: object) -> SafeString | str:
    """A registry or resolution number, isolated left to right so that it never flips."""
    if value is None or value == "":
        return ""
    return format_html('<bdi dir="ltr" class="number">{}</bdi>', numerals.localized(value))


@register.filter
def filesize(value: int | None) -> str:
    """«۲٫۴ مگابایت», or "2.4 MB" in English."""
    if value is None:
        return ""
    size = Decimal(value)
    units = (_("bytes"), _("KB"), _("MB"), _("GB"))
    for unit in units:
        if size < 1024 or unit == units[-1]:
            break
        size /= 1024
    shown = round(size) if size >= 100 or size == size.to_integral_value() else round(size, 1)
    return f"{numerals.grouped(shown)} {unit}"


@register.filter
def initial(value: str) -> str:
    """The letter under which an index lists a text."""
    return collation.initial(value)
