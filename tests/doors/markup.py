"""What no page of the site may hold: handlers in attributes, scripts without a source, unrendered template marks."""

import re

_HANDLER = re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.IGNORECASE)
_SCRIPT = re.compile(r"<script\b([^>]*)>", re.IGNORECASE)
_STYLE = re.compile(r"<[a-z][^>]*\sstyle\s*=", re.IGNORECASE)
_UNRENDERED = re.compile(r"\{\{|\{%|%\}|\}\}")


def faults(html):
    """The faults of a rendered page of ours, each as the piece of markup that is one."""
    found = [match[0] for match in _HANDLER.finditer(html)]
    found += [match[0] for match in _STYLE.finditer(html)]
    for match in _SCRIPT.finditer(html):
        attributes = match[1]
        if not any(word in attributes for word in ("src=", "nonce=", 'type="application/')):
            found.append(match[0])
    return found + [html[max(0, m.start() - 20) : m.end() + 20] for m in _UNRENDERED.finditer(html)]
