"""The rows of an organisation's own area: its people, its district's secretary, HQ staff and auditors enter it."""
# fmt: off

AREA = "L V- V- V- --- VV-"  # whoever reads what is the organisation's own
STAFF = "L -- -- -- --- VV-"  # HQ staff, and auditors who only look on
SUBMITS = "L -- R- -- --- ---"  # whose letter lets him submit

NGO = [
    ("ngo:index", "/ngo/", "L RR RR VV --- VV-", "GET"),
    ("ngo:act", "/ngo/acting/", "L -- -- -- --- ---", "POST"),
    ("ngo:letters", "/ngo/letters/", STAFF, "GET"),
    ("ngo:letter", "/ngo/letters/{mandate.pk}/", STAFF, "GET"),
    ("ngo:letter", "/ngo/letters/{mandate.pk}/", "L -- -- -- --- R--", "POST"),
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
    ("wagtaildocs_serve", "{finance_file.url}", "L -- -- -- --- VV-", "GET"),
]
