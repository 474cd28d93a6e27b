"""The yardstick for speed: SQLite's FTS5 on the text as it was written, any word, its own BM25."""

import re
import sqlite3
import time


class Fts5:
    """One table of titles and bodies in a file of its own."""

    def __init__(self, path, groups):
        self.connection = sqlite3.connect(path)
        self.connection.execute("PRAGMA synchronous = OFF")
        self.connection.execute("CREATE VIRTUAL TABLE passages USING fts5(title, body)")
        with self.connection:
            self.connection.executemany(
                "INSERT INTO passages VALUES (?, ?)",
                ((record.title, record.body) for group in groups for record in group),
            )

    def ask(self, question):
        """The ten best passages for any word of the question."""
        wanted = " OR ".join(f'"{word}"' for word in dict.fromkeys(re.findall(r"\w+", question)))
        return self.connection.execute(
            "SELECT rowid, title, body FROM passages WHERE passages MATCH ? ORDER BY rank LIMIT 10", (wanted,)
        ).fetchall()

    def rate(self, questions):
        """Queries a second of processor time."""
        for question in questions[:5]:
            self.ask(question)
        began = time.thread_time()
        for question in questions:
            self.ask(question)
        return len(questions) / (time.thread_time() - began)
