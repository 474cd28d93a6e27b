"""The rows of an organisation's own area: its people, its district's secretary, HQ staff and auditors enter it."""
# fmt: off

AREA = "L V- V- V- --- VV-"  # whoever reads what is the organisation's own
SIDES = "L V- V- -- --- VV-"  # the two sides of a thread, and auditors
STAFF = "L -- -- -- --- VV-"  # HQ staff, and auditors who only look on
SUBMITS = "L -- R- -- --- ---"  # whose letter lets him submit

NGO = [
    ("ngo:index", "/ngo/", "L RR RR VV --- VV-", "GET"),
    ("ngo:act", "/ngo/acting/", "L -- -- -- --- ---", "POST"),
    ("ngo:letters", "/ngo/letters/", STAFF, "GET"),
    ("ngo:letter", "/ngo/letters/{mandate.pk}/", STAFF, "GET"),
    ("ngo:letter", "/ngo/letters/{mandate.pk}/", "L -- -- -- --- R--", "POST"),
    ("ngo:membership", "/ngo/memberships/{waiting_seat.pk}/", STAFF, "GET"),
    ("ngo:membership", "/ngo/memberships/{waiting_seat.pk}/", "L -- -- -- --- R--", "POST"),
    ("ngo:relocation", "/ngo/relocations/{relocation.pk}/", STAFF, "GET"),
    ("ngo:relocation", "/ngo/relocations/{relocation.pk}/", "L -- -- -- --- R--", "POST"),
    ("ngo:files", "/ngo/{organization.pk}/", AREA, "GET"),
    ("ngo:files", "/ngo/{organization.pk}/", "L -- B- -- --- ---", "POST"),
    ("ngo:download", "/ngo/{organization.pk}/download/", AREA, "GET"),
    ("ngo:add_folder", "/ngo/{organization.pk}/folders/add/", SUBMITS, "POST"),
    ("ngo:folder", "/ngo/{organization.pk}/folders/{folder.pk}/", AREA, "GET"),
    ("ngo:folder", "/ngo/{organization.pk}/folders/{finance_folder.pk}/", "L 0- 0- 0- --- VV-", "GET"),
    ("ngo:folder", "/ngo/{other_organization.pk}/folders/{folder.pk}/", "L -0 -0 -0 --- 00-", "GET"),
    ("ngo:change_folder", "/ngo/{organization.pk}/folders/{folder.pk}/change/", SUBMITS, "POST"),
    ("ngo:download_folder", "/ngo/{organization.pk}/folders/{folder.pk}/download/", AREA, "GET"),
    ("ngo:download_folder", "/ngo/{organization.pk}/folders/{finance_folder.pk}/download/",
     "L 0- 0- 0- --- VV-", "GET"),
    ("ngo:change_file", "/ngo/{organization.pk}/files/{private_file.pk}/change/", SUBMITS, "POST"),
    ("ngo:people", "/ngo/{organization.pk}/people/", AREA, "GET"),
    ("ngo:invite", "/ngo/{organization.pk}/people/invite/", "L -- V- -- --- V--", "GET"),
    ("ngo:invite", "/ngo/{organization.pk}/people/invite/", "L -- B- -- --- B--", "POST"),
    ("ngo:hand_over", "/ngo/{organization.pk}/people/hand-over/", "L -- V- -- --- ---", "GET"),
    ("ngo:end_letter", "/ngo/{organization.pk}/people/letter/{mandate.pk}/end/", "L -- R- -- --- R--", "POST"),
    ("ngo:end_seat", "/ngo/{organization.pk}/people/seat/{ngo_seat.pk}/end/", "L -- R- -- --- R--", "POST"),
    ("ngo:invite_again", "/ngo/{organization.pk}/people/letter/{mandate.pk}/invite-again/",
     "L -- R- -- --- R--", "POST"),
    ("ngo:join", "{join_link}", "L VV VV VV VVV VVV", "GET"),  # who holds the link is its holder
    ("ngo:join", "/ngo/join/wrong/", "L 00 00 00 000 000", "GET"),
    ("ngo:queue", "/ngo/threads/", "L RR RR -- --- VV-", "GET"),
    ("ngo:threads", "/ngo/{organization.pk}/threads/", SIDES, "GET"),
    ("ngo:new_thread", "/ngo/{organization.pk}/threads/new/", "L -- V- -- --- ---", "GET"),
    ("ngo:new_thread", "/ngo/{organization.pk}/threads/new/", "L -- B- -- --- ---", "POST"),
    ("ngo:thread", "/ngo/threads/{thread.pk}/", SIDES, "GET"),
    ("ngo:thread", "/ngo/threads/{thread.pk}/", "L -- B- -- --- B--", "POST"),
    ("ngo:receipt", "/ngo/threads/{thread.pk}/receipt/", SIDES, "GET"),
    ("ngo:thread_act", "/ngo/threads/{thread.pk}/act/", "L -- -- -- --- ---", "POST"),
    ("ngo:hide_message", "/ngo/threads/{thread.pk}/messages/{message.pk}/hide/", "L -- -- -- --- R--", "POST"),
    ("ngo:shared", "/ngo/shared/", "L -- -- -- --- V--", "GET"),
    ("ngo:share", "/ngo/shared/page/{bylaw.pk}/", "L -- -- -- --- V--", "GET"),
    ("ngo:share", "/ngo/shared/page/{bylaw.pk}/", "L -- -- -- --- V--", "POST"),
    ("ngo:share", "/ngo/shared/file/{staff_file.pk}/", "L -- -- -- --- V--", "GET"),
    ("ngo:share", "/ngo/shared/page/{member.pk}/", "L -- -- -- --- ---", "GET"),
    ("ngo:share", "/ngo/shared/page/{closed_meeting.pk}/", "L -- -- -- --- ---", "GET"),
    ("ngo:share", "/ngo/shared/file/{private_file.pk}/", "L -- -- -- --- ---", "GET"),
    ("wagtaildocs_serve", "{shared_file.url}", "L V0 V0 00 VVV VV0", "GET"),  # shared with one organisation
    ("desk:seen", "/desk/seen/", "L RR RR RR RRR RRR", "POST"),
    ("desk:digest", "/desk/digest/", "L RR RR RR RRR RRR", "POST"),
    ("wagtaildocs_serve", "{attachment.document.url}", "L V0 V0 00 000 VV0", "GET"),
    ("wagtaildocs_serve", "{hidden_attachment.document.url}", "L 00 00 00 000 VV0", "GET"),
    ("wagtaildocs_serve", "{finance_file.url}", "L 00 00 00 000 VV0", "GET"),
]
