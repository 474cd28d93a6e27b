"""Moderation (tasks, queues, four-eyes) of anything that registers: protocols only, no page model."""
