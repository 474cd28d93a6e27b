"""`{% fixed %}`: rendered once a language, blind to the request."""

from django.template import Context, Template
from django.utils.translation import override


def test_fixed_sees_no_variable():
    shown = Template("{% load design %}{{ who }}{% fixed %}[{{ who }}{{ request }}{{ user }}]{% endfixed %}")
    assert shown.render(Context({"who": "a", "request": "b", "user": "c"})) == "a[]"


def test_fixed_is_made_once_a_language():
    shown = Template(
        "{% load design i18n %}{% fixed %}{% translate 'Search' %}{% icon 'search' %}{% endfixed %}"
    )
    with override("fa"):
        persian = shown.render(Context())
        assert shown.render(Context()) == persian
    with override("en"):
        english = shown.render(Context())
    assert english.startswith("Search<svg")
    assert persian != english
    assert "&lt;" not in persian
