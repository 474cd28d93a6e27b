"""Durable work: rows written in the caller's transaction, the worker that drains them, the clock for due work.

`publish` in the transaction that changes something; `subscribe` in an `AppConfig.ready()`. Handlers get rows
in batches, may get a row twice (a worker can die after the work and before the row is removed), and so must
be idempotent.
"""
