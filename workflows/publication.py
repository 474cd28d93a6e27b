"""What happens when the last step of a workflow approves a text. Imports no model: Wagtail loads it early."""

from typing import Any


def publish_approved(workflow_state: Any, user: Any = None) -> None:
    """Publish the revision that the workflow approved."""
    from wagtail.workflows import publish_workflow_state

    publish_workflow_state(workflow_state, user=user)
