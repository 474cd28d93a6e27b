"""The addresses of the offices' screens: organisations, bodies, people. A part of `table`, in its letters.

HQ staff keep them and nobody else in the admin meets them: not the lists, not one row, not a name in a chooser.
"""

STAFF_ONLY = "L -- -- -- --- V--"
NOBODY = "L -- -- -- --- ---"

# The rows' kind in addresses of the site, its name in Wagtail's, and the scene's row of it.
KINDS = (
    ("organizations", "organization", "{organization.pk}"),
    ("bodies", "body", "{office_body.pk}"),
    ("people", "person", "{person.pk}"),
    ("memberships", "membership", "{seat.pk}"),
    ("representatives", "representative", "{mandate.pk}"),
    ("posts", "post", "{post.pk}"),
    ("districts", "district", "{district.pk}"),
)

OFFICES = []
for folder, model, number in KINDS:
    name, path = f"wagtailsnippets_organizations_{model}", f"/admin/offices/{folder}/"
    OFFICES += [
        (f"{name}:list", path, STAFF_ONLY),
        (f"{name}:list_results", f"{path}results/", STAFF_ONLY),
        (f"{name}:add", f"{path}add/", STAFF_ONLY),
        (f"{name}:edit", f"{path}edit/{number}/", STAFF_ONLY),
        (f"{name}:delete", f"{path}delete/{number}/", STAFF_ONLY),
        (f"{name}:history", f"{path}history/{number}/", STAFF_ONLY),
        (f"{name}:history_results", f"{path}history-results/{number}/", STAFF_ONLY),
    ]
    name, path = (
        f"wagtailsnippetchoosers_organizations_{model}",
        f"/admin/snippets/choose/organizations/{model}/",
    )
    OFFICES += [
        (f"{name}:choose", path, STAFF_ONLY),
        (f"{name}:choose_results", f"{path}results/", STAFF_ONLY),
        (f"{name}:chosen", f"{path}chosen/{number}/", STAFF_ONLY),
        (f"{name}:chosen_multiple", f"{path}chosen-multiple/?id={number}", STAFF_ONLY),
        (f"{name}:create", f"{path}create/", NOBODY),
    ]

OFFICES += [
    ("account_chooser:choose", "/admin/accounts/chooser/", STAFF_ONLY),
    ("account_chooser:choose_results", "/admin/accounts/chooser/results/", STAFF_ONLY),
    ("account_chooser:chosen", "/admin/accounts/chooser/chosen/{user.pk}/", STAFF_ONLY),
    ("account_chooser:chosen_multiple", "/admin/accounts/chooser/chosen-multiple/?id={user.pk}", STAFF_ONLY),
    ("account_chooser:create", "/admin/accounts/chooser/create/", NOBODY),
    ("wagtail_bulk_action", "/admin/bulk/organizations/person/delete/?id={person.pk}", NOBODY),
]
