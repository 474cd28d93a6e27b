from django.apps import AppConfig


class DemonstrationConfig(AppConfig):
    """Part of the roof: knows every room."""

    name = "intranet.demonstration"
    label = "demonstration"
