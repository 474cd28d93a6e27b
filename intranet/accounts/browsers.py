"""What a browser calls itself, as its owner knows it again. A hint in a list; nothing is decided by it."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

# The first that fits: most browsers also name those they descend from.
_BROWSERS = (
    ("Edg", gettext_noop("Edge")),
    ("OPR/", gettext_noop("Opera")),
    ("SamsungBrowser/", gettext_noop("Samsung Internet")),
    ("Firefox/", gettext_noop("Firefox")),
    ("Chrome/", gettext_noop("Chrome")),
    ("CriOS/", gettext_noop("Chrome")),
    ("Safari/", gettext_noop("Safari")),
)
_SYSTEMS = (
    ("Android", gettext_noop("Android")),
    ("iPhone", gettext_noop("iPhone")),
    ("iPad", gettext_noop("iPad")),
    ("Windows", gettext_noop("Windows")),
    ("Mac OS X", gettext_noop("Mac")),
    ("Linux", gettext_noop("Linux")),
)


def name_of_browser(agent: str) -> str:
    """«Firefox on Windows», as far as it can be told."""
    browser = next((name for mark, name in _BROWSERS if mark in agent), None)
    system = next((name for mark, name in _SYSTEMS if mark in agent), None)
    if browser is None:
        return _("a browser that is not known")
    if system is None:
        return _(browser)
    return _("%(browser)s on %(system)s") % {"browser": _(browser), "system": _(system)}
