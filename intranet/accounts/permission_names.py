"""Permissions carry Persian names in the database, since Wagtail's screens for groups read them out.

Django writes them in English when it makes them; after each `migrate` they are named again.
"""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models.signals import post_migrate
from django.utils.translation import gettext, override
from django.utils.translation import gettext_noop as _

DEFAULT_NAMES = {
    "add": _("Can add %(object)s"),
    "change": _("Can change %(object)s"),
    "delete": _("Can delete %(object)s"),
    "view": _("Can view %(object)s"),
}


def name_of(permission: Any) -> str:
    """The name of `permission` in the language that is active."""
    model = permission.content_type.model_class()
    if model is not None:
        for action, name in DEFAULT_NAMES.items():
            if permission.codename == f"{action}_{model._meta.model_name}":
                verbose_name = gettext(str(model._meta.verbose_name))
                if verbose_name.isascii() and settings.LANGUAGE_CODE != "en":
                    return str(permission.name)  # a package's inner model: half a translation is worse
                return gettext(name) % {"object": verbose_name}
    return gettext(permission.name)


def name_permissions(using: str = "default", **kwargs: Any) -> None:
    """Name every permission in the site's own language; those that have no translation keep their name."""
    from django.contrib.auth.models import Permission

    renamed = []
    with override(settings.LANGUAGE_CODE):
        for permission in Permission.objects.using(using).select_related("content_type"):
            name = name_of(permission)[:255]
            if name != permission.name:
                permission.name = name
                renamed.append(permission)
    Permission.objects.using(using).bulk_update(renamed, ["name"])


def connect() -> None:
    """Name them when the last application has been migrated, and so all permissions exist."""
    last = [config for config in apps.get_app_configs() if config.models_module is not None][-1]
    post_migrate.connect(name_permissions, sender=last, dispatch_uid="accounts.permission_names")
