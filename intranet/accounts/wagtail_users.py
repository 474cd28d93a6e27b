"""Wagtail's users app, with the site's own screens of accounts."""

from wagtail.users.apps import WagtailUsersAppConfig


class UsersConfig(WagtailUsersAppConfig):
    """Installed in the place of `wagtail.users`."""

    user_viewset = "intranet.accounts.viewsets.UserViewSet"
