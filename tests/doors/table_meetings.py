"""The addresses of meetings in progress. A part of `table`, in its letters.

A resolution is read as its minutes are, a follow-up also by whose it is; both are led on by HQ staff and the
body's own secretary or its district's, not by editors.
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
    ("following:board", "/resolutions/", "V VV VV VV VVV VVV"),
    ("following:resolution", "/resolutions/{decision.pk}/", "V VV VV VV VVV VVV"),
    ("following:resolution", "/resolutions/{closed_decision.pk}/", "0 00 00 V0 VVV VV0"),
    ("following:act", "/resolutions/{decision.pk}/act/", "L -- -- -- --- ---", "POST"),
    ("following:act", "/resolutions/{closed_decision.pk}/act/", "L 00 00 -0 --- --0", "POST"),
    ("following:add", "/resolutions/{decision.pk}/follow-ups/new/", "L -- -- V- --- V--"),
    ("following:add", "/resolutions/{decision.pk}/follow-ups/new/", "L -- -- B- --- B--", "POST"),
    ("following:follow_up", "/resolutions/follow-ups/{follow_up.pk}/", "0 V0 V0 V0 VVV VV0"),
    ("following:follow_up", "/resolutions/follow-ups/{follow_up.pk}/", "0 -0 B0 B0 --- B-0", "POST"),
    (
        "following:decide",
        "/resolutions/follow-ups/{follow_up.pk}/evidence/{evidence.pk}/",
        "L R0 R0 R0 RRR RR0",
        "POST",
    ),
]
