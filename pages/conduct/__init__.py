"""How a meeting is held: called, attended, voted in, written down, corrected, approved, notified.

What comes of it is published as `pages.meetings.MeetingPage`; here stands what leads there, row by row.
"""
