"""The one rule of visibility: audiences, targets, `visible_to(user)`, abilities. No audience, no access.

Every list, page, file, image, search hit, count, facet, suggestion, feed, API row, menu and export asks this
room and nothing else. Rooms above register what they have: `tokens` (what a reader is) and `rules` (who may
read an object in a state).
"""
