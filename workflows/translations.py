"""Closing wagtail-localize's own ways to the public."""

from django import forms


def close_direct_publication() -> None:
    """Take «publish immediately» from its form of updates: the box is gone, and a forged request has no effect.

    Seen in wagtail-localize 1.14: the form publishes with no permission asked and past any workflow. To be removed
    when it asks for `can_publish`.
    """
    from wagtail_localize.views.update_translations import UpdateTranslationsForm

    box = UpdateTranslationsForm.base_fields["publish_translations"]
    box.disabled = True
    box.initial = False
    box.widget = forms.HiddenInput()
