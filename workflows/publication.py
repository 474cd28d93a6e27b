"""What happens when the last step of a workflow approves a text. Imports no model: Wagtail loads it early."""

from typing import Any


def publish_approved(workflow_state: Any, user: Any = None) -> None:
    """Number and publish the revision that the workflow approved, in the transaction that approved it."""
    from workflows.actions.publishing import publish_approved as publish

    publish(workflow_state, user)
