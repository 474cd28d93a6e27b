"""Consumers and clock jobs of a test's own, in place of the site's."""

import pytest

from intranet.outbox import registry


@pytest.fixture
def consumers(monkeypatch):
    """A function that subscribes a handler to a topic; nobody else listens."""
    monkeypatch.setattr(registry, "consumers", {})
    monkeypatch.setattr("intranet.outbox.actions.consumers", registry.consumers)
    return registry.subscribe


@pytest.fixture
def jobs(monkeypatch):
    """A function that registers a clock job; nothing else is due."""
    monkeypatch.setattr(registry, "clock_jobs", {})
    monkeypatch.setattr("intranet.outbox.actions.clock_jobs", registry.clock_jobs)
    return registry.every
