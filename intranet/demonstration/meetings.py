"""The demonstration's meetings: minutes of several bodies, and the sessions of the social headquarters."""

from typing import Any

from intranet.demonstration.pages import Tree, body_named
from intranet.demonstration.texts import cells, clock, day, stream, table
from pages.meetings.models import AgendaItem, Attendance, MeetingPage, Resolution

HEADQUARTERS = "قرارگاه اجتماعی"


def build_meetings(tree: Tree) -> None:
    """Meetings with their minutes, and the sessions of the social headquarters."""
    rows = [
        *table("meetings")["meeting"],
        *(_of_headquarters(row) for row in table("headquarters")["session"]),
    ]
    for row in sorted(rows, key=lambda row: row["held_on"]):
        tree.add(f"meeting:{row['slug']}", "meetings", _meeting, row)


def _of_headquarters(row: dict[str, Any]) -> dict[str, Any]:
    """A session of the social headquarters in the form of the other meetings."""
    resolutions = []
    for line in row["resolutions"]:
        number, title, text, core, supporting, due = cells(line)
        resolutions.append(
            {
                "number": number,
                "title": title,
                "text": text,
                "core": core,
                "supporting": supporting,
                "due": due,
            }
        )
    listed = "، ".join(f"«{resolution['title']}»" for resolution in resolutions[:3])
    return {
        "slug": f"قرارگاه-اجتماعی-جلسه-{row['session']}",
        "title": f"جلسه {row['session']} قرارگاه اجتماعی: {row['theme']}",
        "body": HEADQUARTERS,
        "session": row["session"],
        "held_on": row["held_on"],
        "begins": "08:00",
        "ends": "10:30",
        "place": "سالن جلسات معاونت امور اجتماعی و فرهنگی",
        "theme": row["theme"],
        "summary": f"گزیده مصوبات قرارگاه اجتماعی در موضوع «{row['theme']}»، از جمله {listed}.",
        "attendance": [
            "رئیس جلسه | معاون امور اجتماعی و فرهنگی | present",
            "دبیر جلسه | دبیر قرارگاه اجتماعی | present",
            "عضو | نماینده نیروی انتظامی | present",
            "عضو | نماینده سازمان بهزیستی | present",
            "عضو | نماینده دادگستری شهر تهران | present",
            "عضو | نماینده جمعیت هلال احمر | present",
            "عضو | نماینده استانداری | excused",
            "مهمان | نماینده ستاد توان‌افزایی | guest",
        ],
        "agenda": [
            "گزارش پیشرفت مصوبات پیشین | دبیر قرارگاه اجتماعی",
            f"بررسی موضوع «{row['theme']}» | معاونت امور اجتماعی و فرهنگی",
        ],
        "minutes": (
            "دبیر قرارگاه پیشرفت مصوبات جلسه‌های پیشین را گزارش کرد.\n"
            f"پس از بررسی موضوع «{row['theme']}»، دستگاه‌های محوری و پشتیبان هر اقدام تعیین شدند."
        ),
        "resolutions": resolutions,
    }


def _meeting(row: dict[str, Any]) -> MeetingPage:
    page = MeetingPage(
        title=row["title"],
        summary=row["summary"],
        body=body_named(row["body"]),
        session_number=row["session"],
        held_on=day(row["held_on"]),
        begins_at=clock(row["begins"]),
        ends_at=clock(row["ends"]),
        place=row["place"],
        theme=row["theme"],
        openness=row.get("openness", MeetingPage.Openness.OPEN),
        minutes=stream(row["minutes"]),
    )
    for order, line in enumerate(row["attendance"]):
        role, name, presence = cells(line)
        page.attendances.add(Attendance(sort_order=order, name=name, role=role, presence=presence))
    for order, line in enumerate(row["agenda"]):
        title, proposer = cells(line)
        page.agenda_items.add(AgendaItem(sort_order=order, title=title, proposer=proposer))
    for order, decision in enumerate(row["resolutions"]):
        page.resolutions.add(_resolution(order, decision))
    return page


def _resolution(order: int, row: dict[str, Any]) -> Resolution:
    votes = row.get("votes", [None, None, None])
    return Resolution(
        sort_order=order,
        number=row["number"],
        title=row["title"],
        text=row["text"],
        outcome=row.get("outcome", Resolution.Outcome.PASSED),
        votes_for=votes[0],
        votes_against=votes[1],
        abstentions=votes[2],
        core_actors=row.get("core", ""),
        supporting_actors=row.get("supporting", ""),
        due_on=day(row.get("due", "")),
    )
