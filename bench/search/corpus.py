"""A large site of made-up passages and questions about them, the same in every run.

The words come one after another as they do in real text: that of the demonstration, and what lies beside the
repository when it is there. Invented names and numbers give the long tail that every real collection has.
"""

import datetime
import json
import random
import re
from collections import defaultdict
from functools import cache
from itertools import pairwise
from pathlib import Path

from intranet.demonstration.texts import CONTENT
from search.kinds import KINDS
from search.records import SearchRecord

SHARED = Path(__file__).resolve().parents[3] / "shared"
PASSAGES_OF_AN_OBJECT = 6
SYLLABLES = ("با", "ری", "مو", "نا", "سی", "تو", "کا", "شا", "رو", "دی", "لا", "گو", "هم", "پر", "زا", "فر")
_WORD = re.compile(r"[\w\u200c]+[.،؛:؟]?")


def source_text():
    """All text that is at hand, in a fixed order."""
    files = sorted(CONTENT.rglob("*.t*"))
    files += sorted((SHARED / "seeds").glob("*.txt")) + sorted((SHARED / "data" / "bylaws").glob("*.txt"))
    texts = [file.read_text("utf-8") for file in files]
    passages = SHARED / "data" / "retrieval-dev" / "corpus.jsonl"
    if passages.exists():
        texts += [json.loads(line)["text"] for line in passages.read_text("utf-8").splitlines()]
    return texts


@cache
def followers():
    """What may follow each word, as often as it does in the text."""
    chain = defaultdict(list)
    for text in source_text():
        words = [word for word in _WORD.findall(text) if not word.isascii() or word.isdigit()]
        for word, following in pairwise(words):
            chain[word].append(following)
    return dict(chain), sorted(chain)


def _name(rng):
    return "".join(rng.choices(SYLLABLES, k=rng.randint(2, 4)))


def _passage(rng, length):
    chain, words = followers()
    word = rng.choice(words)
    said = []
    for _ in range(length):
        said.append(word)
        chance = rng.random()
        if chance < 0.01:
            said.append(_name(rng))
        elif chance < 0.02:
            said.append(str(rng.randint(1, 20_000)))
        following = chain.get(word)
        word = rng.choice(following) if following and chance < 0.95 else rng.choice(words)
    return " ".join(said)


def objects(passages, audiences):
    """Groups of records, each an object; `passages` records in all."""
    rng = random.Random(17)
    kinds = sorted(KINDS)
    public, own, *others = audiences
    made = 0
    while made < passages:
        uid = f"bench:{made}"
        chance = rng.random()
        audience = public if chance < 0.6 else own if chance < 0.8 else rng.choice(others)
        title = _passage(rng, rng.randint(3, 8))
        common = {
            "object_uid": uid,
            "trail": "",
            "numbers": (f"160/{made}/{rng.randint(1, 99_999)}",),
            "date": datetime.date(2008, 1, 1) + datetime.timedelta(days=rng.randint(0, 6000)),
            "district": rng.randint(1, 22) if rng.random() < 0.6 else None,
            "organization": rng.randint(1, 200) if rng.random() < 0.5 else None,
            "status": rng.choice(("", "in_force", "repealed")),
            "language": "fa",
            "audience": audience,
        }
        kind = rng.choice(kinds)
        group = []
        for number in range(min(PASSAGES_OF_AN_OBJECT, passages - made)):
            anchor = f"#art_{number}" if number else ""
            group.append(
                SearchRecord(
                    uid=uid + anchor,
                    kind="provision" if number else kind,
                    title=f"مادهٔ {number}" if number else title,
                    body=_passage(rng, rng.randint(25, 110)),
                    url=f"/{made}/{anchor}",
                    **common,
                )
            )
        made += len(group)
        yield group


def _typed(question, way):
    if way == 0:
        return question.replace("ی", "ي").replace("ک", "ك")
    if way == 1:
        return question.replace("\u200c", " ")
    if way == 2:
        return question.replace("\u200c", "")
    return question


def questions(count, groups):
    """Whole questions: some that people asked, when they are at hand, and some made of what passages say."""
    rng = random.Random(23)
    asked = []
    file = SHARED / "data" / "retrieval-dev" / "queries.jsonl"
    if file.exists():
        asked = [json.loads(line)["text"] for line in file.read_text("utf-8").splitlines()]
        asked = rng.sample(asked, min(len(asked), count // 2))
    while len(asked) < count:
        words = rng.choice(rng.choice(groups)).body.split()
        length = rng.randint(6, 11)
        start = rng.randint(0, max(0, len(words) - length))
        taken = words[start : start + length]
        del taken[rng.randrange(len(taken))]
        asked.append(_typed(" ".join(taken) + " چیست؟", rng.randrange(6)))
    rng.shuffle(asked)
    return asked


def prefixes(count, groups):
    """What a person has typed when suggestions are asked for: a beginning of a title's words."""
    rng = random.Random(29)
    found = []
    for _ in range(count):
        words = rng.choice(groups)[0].title.split()
        place = rng.randrange(len(words))
        found.append(" ".join([*words[max(0, place - 1) : place], words[place][: rng.randint(2, 4)]]))
    return found
