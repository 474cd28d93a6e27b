"""Bytes of a Persian text as they come from anywhere, to text."""

import codecs
import unicodedata

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class UnreadableText(ValueError):  # noqa: N818  (named for what it is, as readers of a report see it)
    """The bytes are no text that can be read; the message says why, and `reason` in one word."""

    def __init__(self, message: str, reason: str = "encoding") -> None:
        super().__init__(message)
        self.reason = reason


def _is_plausible(text: str) -> bool:
    """Whether it reads as writing: no control characters, and mostly Arabic-script or Latin letters."""
    if not text.strip():
        return False
    if any(ch < " " and ch not in "\t\n\r\f\v" for ch in text) or "\ufffd" in text:
        return False
    return not any(unicodedata.category(ch) in {"Cn", "Co", "Cs"} for ch in set(text))


def _arabic_share(text: str) -> float:
    letters = [ch for ch in text if ch.isalpha()]
    return sum("\u0600" <= ch <= "\u06ff" for ch in letters) / len(letters) if letters else 0.0


def _has_words(text: str) -> bool:
    return len(text.split()) * 20 > len(text)


def decode(content: bytes, name: str = "") -> str:
    """The text of `content`: UTF-8 or UTF-16 with or without a mark, or windows-1256.

    Raises `UnreadableText` for anything else, naming the file.
    """
    label = name or "the text"
    if not content.strip():
        raise UnreadableText(f"{label}: empty", "empty")
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            candidates = [encoding]
            break
    else:
        candidates = ["utf-8"]
        if content.count(0) * 8 > len(content) or b"\x06" in content[:400]:
            candidates += ["utf-16-le", "utf-16-be"]
        candidates.append("windows-1256")
    for encoding in candidates:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _is_plausible(text) and (
            encoding.startswith("utf-8") or (_arabic_share(text) > 0.6 and _has_words(text))
        ):
            return text
    raise UnreadableText(f"{label}: not a text in UTF-8, UTF-16 or windows-1256")
