"""The thirteen readers of the table: the ten of the matrix, «own» and «other» apart."""

# The order of the letters in the table's rows.
READERS = (
    "anonymous",
    "member_own",
    "member_other",
    "representative_own",
    "representative_other",
    "secretary_own",
    "secretary_other",
    "editor",
    "legal_reviewer",
    "council_member",
    "hq_staff",
    "auditor",
    "administrator",
)


def make_reader(name, scene):  # noqa: PLR0911 - one line a reader
    """A person who is this reader of the scene; None for nobody signed in. «Own» is the scene's NGO and district."""
    from tests import factories  # only here: `show` names the readers where no site is set up

    match name:
        case "anonymous":
            return None
        case "member_own":
            return factories.make_member(scene.organization)
        case "member_other":
            return factories.make_member(scene.other_organization)
        case "representative_own":
            return factories.make_representative(scene.organization)
        case "representative_other":
            return factories.make_representative(scene.other_organization)
        case "secretary_own":
            return factories.make_secretary(scene.district)
        case "secretary_other":
            return factories.make_secretary(scene.other_district)
        case _:
            return factories.make_user(name)
