"""The forms of legal dissemination, one for each clause of article 11 of Law 14/2012/QH13 on PBGDPL."""

CONTEST, DIRECT = "contest", "direct"
FORMS = ("press", DIRECT, "media", CONTEST, "proceedings", "culture", "schooling", "other")
