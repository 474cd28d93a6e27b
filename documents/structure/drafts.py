"""What a reader of files hands to the parser: the text, and what of it is no text."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Draft:
    """`furniture` are spans of `text` that are heads and feet of pages or a site's chrome.

    `repairs` are codes of what was put right in the whole text: `mirrored_text`, `reversed_text`.
    """

    text: str = ""
    furniture: list[tuple[int, int]] = field(default_factory=list)
    repairs: list[str] = field(default_factory=list)


def drafted(pieces: list[tuple[str, bool]], repairs: list[str] | None = None) -> Draft:
    """The pieces one after the other; those marked true are furniture."""
    draft = Draft(repairs=repairs or [])
    parts: list[str] = []
    place = 0
    for text, is_furniture in pieces:
        parts.append(text)
        if is_furniture and text:
            draft.furniture.append((place, place + len(text)))
        place += len(text)
    draft.text = "".join(parts)
    return draft
