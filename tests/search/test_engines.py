"""Both engines give the same order. The rest of this folder's tests are the contract: CI runs them on each."""

import random

import pytest
from django.contrib.auth.models import AnonymousUser

from search import engines
from search.queries import search

WORDS = ["بودجه", "شهر", "سازمان‌های", "مردم‌نهاد", "منطقه‌ای", "کارگروه", "نشست", "آیین‌نامه", "محله", "مشارکت"]


@pytest.mark.elasticsearch
@pytest.mark.django_db
def test_engines_give_the_same_hits_in_the_same_order(add, settings, tmp_path):
    rng = random.Random(3)
    add.held = True
    for number in range(200):
        add(f"متن {number} {rng.choice(WORDS)}", " ".join(rng.choices(WORDS, k=rng.randint(5, 60))))
    waiting = add.waiting
    add.flush()
    server = settings.SEARCH_URL
    settings.SEARCH_URL = f"embedded://{tmp_path}/other"
    engines.current().replace(waiting)
    for question in (
        "بودجه منطقه اي",
        "سازمانهاي مردمنهاد",
        "کار گروه مشارکت محله",
        "آیین نامه نشست شهر بودجه",
    ):
        found = []
        for url in (server, f"embedded://{tmp_path}/other"):
            settings.SEARCH_URL = url
            results = search(question, AnonymousUser(), size=20)
            found.append((results.total, [hit.candidate.uid for hit in results.hits]))
        assert found[0] == found[1], question
        assert found[0][0] > 10
    settings.SEARCH_URL = server
