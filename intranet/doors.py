"""By which rule each address of the site opens, written by hand; the site does not start when one has none.

Sign-in is asked for everywhere (`SignInRequired`) but at the addresses of `OPEN`, each with what it asks
instead. What is behind sign-in belongs to a room, and `ROOMS` says what that room's views ask. Wagtail's admin has a
door of its own (`pages.admin_door`). Who gets what at each address is the tests' table (`tests/doors`).
"""

OPEN: dict[str, str] = {
    "accounts:accept": "the signed link of an invitation, once",
    "accounts:login": "nothing: the way in",
    "accounts:logout": "nothing: the way out",
    "accounts:outside": "nothing: the way in by the city's own identity server",
    "accounts:outside_return": "the identity server's signed answer to a question of this session",
    "accounts:passkey": "the passkey itself",
    "accounts:passkey_options": "nothing: a challenge, the same for everybody",
    "accounts:password_reset": "nothing: the same is said for every address",
    "accounts:password_reset_confirm": "the signed link",
    "accounts:password_reset_sent": "nothing",
    "accounts:second_step": "the first factor",
    "decisions_feed": "visible_to",
    "following:board": "visible of the meetings, visible_to of the follow-ups",
    "following:follow_up": "visible_to of the follow-up",
    "following:resolution": "visible of its meeting, visible_to of the follow-ups",
    "healthz": "nothing: says only that the site answers",
    "image_rendition": "can_see of the picture",
    "obligations:obligation": "visible_to of the memorandum, and of what was shown for it",
    "pdf": "can_see of the page",
    "pdf_edition": "can_see of the page",
    "search": "the reader's audiences, inside the query",
    "search_api": "the reader's audiences, inside the query",
    "search_feed": "the feed's secret, then its owner's audiences",
    "search_openapi": "nothing: a description of the API",
    "search_opensearch": "nothing: a description of the search",
    "search_suggest": "the reader's audiences, inside the query",
    "search_suggest_opensearch": "the reader's audiences, inside the query",
    "set_language": "nothing: the language of what surrounds the texts",
    "sitemap": "visible_to, as nobody",
    "verify": "nothing: whether a copy is valid; visible_to of its page for the rest",
    "verify_code": "nothing: whether a copy is valid; visible_to of its page for the rest",
    "wagtail_serve": "visible_to of the page's path",
    "wagtaildocs_serve": "can_see of the file",
}

ROOMS: dict[str, str] = {
    "documents": "can_see of the page or file",
    "intranet.access": "abilities on the object; requests and broken glass: those concerned",
    "intranet.accounts": "the person's own account",
    "intranet.auditors": "the person's role: auditors all acts, others their own",
    "intranet.dashboards": "the person's own desk, of what visible_to gives",
    "intranet.ui": "staff",
    "organizations": "abilities on the organisation",
    "pages": "abilities on the page or organisation",
    "search": "the person's own saved searches",
    "workflows": "visible_to of the draft, then the step's policy",
}
