"""The append-only, hash-chained record of acts. Knows nothing of what the acts are about."""
