"""The custom user, the nine roles, sign-in and what belongs to it."""
