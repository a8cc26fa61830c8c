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

PART = re.compile(r"[\s*]*(?:phan|chuong|muc|chu de|bai)\s+(?:thu\s+)?(?:[ivxlc]+|\d{1,3}|[a-z])\s*(?:[:.)–—-]|$)")
END = re.compile(r"[\s.=_*–—-]*(?:het|the end)[\s.=_*–—-]*")
RULE = re.compile(r"[\s.=_*–—-]{3,}")

TAG = re.compile(r"\[</?[a-z]{1,8}>\]|\{<\d+>\}", re.IGNORECASE)
TAGGED_VALUE = re.compile(r"\[<([a-z]{1,8})>\][^\[]*\[</\1>\]", re.IGNORECASE)
END_TAG = "[<br>]"

# On the text as written: capital letters tell the label from the words "chọn đáp án đúng:".
LABEL_INSIDE = re.compile(r"(?<=\s)(?=(?:Đáp án(?: đúng)?|ĐÁP ÁN(?: ĐÚNG)?|Giải thích|GIẢI THÍCH)\s*:)")
LONGEST_HEADING = 200
