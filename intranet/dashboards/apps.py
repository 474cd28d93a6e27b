from django.apps import AppConfig


class DashboardsConfig(AppConfig):
    """Part of the roof: knows every room."""

    name = "intranet.dashboards"
    label = "dashboards"
