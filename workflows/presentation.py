"""What the review page and the course of a text show: plain data for templates."""
