"""Paper is white: the dark colours are of the screen alone, so that what is printed from it can be read."""

import re
from pathlib import Path

from django.conf import settings

TOKENS = Path(settings.BASE_DIR) / "intranet/ui/static/ui/css/tokens.css"


def test_dark_colours_are_of_the_screen_alone():
    sheet = re.sub(r"/\*.*?\*/", "", TOKENS.read_text(), flags=re.DOTALL)
    dark = [found.start() for found in re.finditer(r"color-scheme: dark;", sheet)]
    assert len(dark) == 2  # what the device prefers, and what the person chose
    for place in dark:
        opened = [found for found in re.finditer(r"@media ([^{]+)\{", sheet) if found.start() < place]
        inner = sheet[opened[-1].end() : place]
        assert opened[-1][1].startswith("screen")
        assert inner.count("{") == inner.count("}") + 1
