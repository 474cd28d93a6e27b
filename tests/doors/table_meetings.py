"""The addresses of meetings in progress. A part of `table`, in its letters.

A meeting is read by its body, its district's secretary and who works with closed sessions; written by secretaries.
"""

CALLS = "L -- -- VV V-- V--"
READS = "L 00 00 V0 VVV VV0"
WRITES = "L 00 00 V0 V-- V-0"

MEETINGS = [
    ("conduct:index", "/conduct/", "L VV VV VV VVV VVV"),
    ("conduct:call", "/conduct/new/", CALLS),
    ("conduct:call", "/conduct/new/", CALLS.replace("V", "B"), "POST"),
    ("conduct:meeting", "/conduct/{sitting.pk}/", READS),
    ("conduct:change", "/conduct/{invited.pk}/change/", WRITES),
    ("conduct:change", "/conduct/{invited.pk}/change/", WRITES.replace("V", "B"), "POST"),
    ("conduct:move", "/conduct/{sitting.pk}/move/", READS.replace("V", "R"), "POST"),
    ("conduct:room", "/conduct/{sitting.pk}/room/", WRITES),
    ("conduct:room", "/conduct/{sitting.pk}/room/", WRITES.replace("V", "R"), "POST"),
    ("conduct:correct", "/conduct/{correcting.pk}/correct/?on=m.minutes", READS.replace("V", "-")),
    (
        "conduct:decide",
        "/conduct/{correcting.pk}/corrections/{correction.pk}/",
        READS.replace("V", "R"),
        "POST",
    ),
]
