"""Minutes of meetings as a file holds them: who met, when, what for, and what was decided, each with its line."""

from documents.structure.minutes.found import Agenda, Decision, Minutes, Present
from documents.structure.minutes.reading import parse_minutes

__all__ = ["Agenda", "Decision", "Minutes", "Present", "parse_minutes"]
