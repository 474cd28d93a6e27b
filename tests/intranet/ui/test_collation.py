from intranet.ui import collation


def test_sort_key_follows_the_persian_alphabet() -> None:
    words = ["یاری", "گفتگو", "آب", "پیوند", "زمین", "چراغ", "اتحاد", "بهار", "ژرف", "کوشش", "وفا", "هما"]
    assert sorted(words, key=collation.sort_key) == [
        "آب", "اتحاد", "بهار", "پیوند", "چراغ", "زمین", "ژرف", "کوشش", "گفتگو", "وفا", "هما", "یاری",
    ]  # fmt: skip


def test_sort_key_ignores_spelling_of_the_same_letter() -> None:
    assert collation.sort_key("كميته")[:5] == collation.sort_key("کمیته")[:5]
    assert collation.sort_key("می‌شود")[:5] == collation.sort_key("میشود")[:5]


def test_sort_key_puts_shorter_phrases_and_digits_first() -> None:
    words = ["منطقه ۲", "منطقه", "مناطق", "NGO", "۲۲ منطقه"]
    assert sorted(words, key=collation.sort_key) == ["۲۲ منطقه", "مناطق", "منطقه", "منطقه ۲", "NGO"]


def test_initial_names_the_index_letter() -> None:
    words = ["«پیوند»", "\u0622ب", "ا\u0653ب", "يار", "أمل", "ngo", "۲۲", ""]
    assert [collation.initial(word) for word in words] == ["پ", "آ", "آ", "ی", "ا", "N", "#", "#"]


def test_grouped_by_initial_sorts_groups_and_items() -> None:
    groups = collation.grouped_by_initial(["بهار", "آب", "باران"], name=str)
    assert groups == [("آ", ["آب"]), ("ب", ["باران", "بهار"])]
