"""Bodies, NGOs, districts, people and posts, memberships and representatives (after Popolo)."""
