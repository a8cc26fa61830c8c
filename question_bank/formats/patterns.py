"""How the lines of a Vietnamese question file look, matched on text without accents (``words.bare``)."""

import re

_LEVEL = r"(?:\s*[\[(]\s*(?P<level>nb|th|vdc?|nhan biet|thong hieu|van dung(?: cao)?)\s*[\])])?"

NUMBERED_HEAD = re.compile(
    r"[\s*•-]*cau(?:\s+hoi)?(?:\s+so)?\s*(?P<number>\d{1,4})" + _LEVEL + r"\s*(?P<mark>[:.)\]/–—-]*)\*{0,2}\s*"
)
# Without the word "Câu": understood only in files that never use it, and only while the numbers go up by one.
BARE_HEAD = re.compile(r"\s*(?P<number>\d{1,4})" + _LEVEL + r"\s*(?P<mark>[.):/])\s*(?=\D)")
PREDICTION_HEAD = re.compile(r"\s*cau(?:\s+hoi)?\s+(?:du doan|phu)\s*[:.]\s*")

KEY = re.compile(
    r"[\s*=>→-]*(?:chon )?(?:dap an|d/a|tra loi|phuong an dung)(?:\s+(?:dung|chinh xac))*(?:\s+la)?"
    r"\s*(?:[:.–-]|(?=\s[a-j]\s*[.)]?\s*$))\s*(?:la\s+)?\**"
)
EXPLANATION = re.compile(r"[\s*=>→-]*(?:loi )?(?:giai thich|huong dan giai|ly giai)(?: dap an)?\s*[:.–-]\s*")
LAW = re.compile(r"[\s*=>→-]*(?:can cu|can cu phap ly|co so phap ly)\s*:\s*")

END = re.compile(r"[\s.=_*–—-]*(?:het|the end)[\s.=_*–—-]*")
SHUFFLE_MARK = re.compile(r"\s*</?#?g\d>\s*")  # a word to a program that shuffles papers
TO_CANDIDATES = re.compile(r"[\s(*]*thi sinh (?:tra loi|chon|lam|ghi)\b.*")  # under the heading of a part
RULE = re.compile(r"[\s.=_*–—-]{3,}")

TAG = re.compile(r"\[</?[a-z]{1,8}>\]|\{<\d+>\}", re.IGNORECASE)
TAGGED_VALUE = re.compile(r"\[<([a-z]{1,8})>\][^\[]*\[</\1>\]", re.IGNORECASE)
END_TAG = "[<br>]"

# On the text as written: capital letters tell the label from the words "chọn đáp án đúng:".
LABEL_INSIDE = re.compile(r"(?<=\s)(?=(?:Đáp án(?: đúng)?|ĐÁP ÁN(?: ĐÚNG)?|Giải thích|GIẢI THÍCH)\s*:)")

# What may be written under a question like in a row of our sheet; the names are those of its columns.
FIELD = re.compile(
    r"[\s*=>→-]*(?P<name>ma cau(?: hoi)?|loai(?: cau hoi)?|phuong an giu vi tri|chu de|muc do(?: nhan thuc)?|tu khoa"
    r"|diem tung phan|diem|so tu toi da|so tu)\s*:\s*(?=\S)"
)
SHORT_MARKER = re.compile(r"\s*[\[(]\s*tra loi ngan\s*[\])]\s*")
