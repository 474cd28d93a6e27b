"""Files: storage, types by content, extracted text, registry numbers, letterhead PDF."""
