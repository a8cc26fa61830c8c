"""The samples of GIFT that another parser has an opinion on."""

from builders import SHARED_DATA

PEGJS = "gift-grammar-pegjs"
PEGJS_NAMES = sorted(file.stem for file in (SHARED_DATA / PEGJS).glob("*.gift"))
WITH_OPINION = [
    *(f"{PEGJS}/{name}.gift" for name in PEGJS_NAMES),
    "moodle/gift/examples.txt",
    "moodle/gift/questions_in_category.gift.txt",
    *(f"qas-editor/gift/{name}.gift" for name in ("essay", "missing_words", "multichoice", "true_false")),
]
