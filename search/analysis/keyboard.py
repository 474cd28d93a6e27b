"""Text typed on the other keyboard: «ldhk[d» is «میانجی», «صخقم» is "work". By Iran's standard layout (ISIRI 9147)."""

_ENGLISH = "qwertyuiop[]asdfghjkl;'zxcvbnm,`"
_PERSIAN = "ضصثقفغعهخحجچشسیبلاتنمکگظطزرذدپو‌"
_SHIFTED = {"H": "آ", "C": "ژ", "M": "ء", "N": "أ", "S": "ئ", "V": "ؤ", "F": "إ", "G": "ة", "\\": "ژ"}
_TO_PERSIAN = dict(zip(_ENGLISH, _PERSIAN, strict=True)) | _SHIFTED
#: Older layouts have «ئ» where this one has «پ», and «پ» beside it.
_OLDER = {"m": "ئ", "`": "پ", "\\": "پ"}
_TO_ENGLISH = {persian: english for english, persian in zip(_ENGLISH, _PERSIAN, strict=True)} | {
    "آ": "h", "ژ": "c", "ئ": "m", "ي": "d", "ك": ";", "ة": "z", "\u200c": " ",
}  # fmt: skip


def _swap(text: str, table: dict[str, str]) -> str:
    return "".join(table.get(letter) or table.get(letter.lower(), letter) for letter in text)


def swapped(text: str) -> list[str]:
    """What the same keys give on the other keyboard; none when the text mixes both, or has no letters."""
    latin = any("a" <= letter.lower() <= "z" for letter in text)
    persian = any("\u0620" <= letter <= "\u06d3" for letter in text)
    if latin == persian:
        return []
    if persian:
        return [_swap(text, _TO_ENGLISH)]
    ways = (_swap(text, _TO_PERSIAN), _swap(text, _TO_PERSIAN | _OLDER))
    return list(dict.fromkeys(ways))
