"""Invented Vietnamese names, units and years of birth."""

from random import Random

FAMILY = (
    "Nguyễn Trần Lê Phạm Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Thạch Sơn Kim Trương Đinh Lâm Mai Cao Châu Tạ"
).split()
MIDDLE = ("Văn Thị Minh Thanh Ngọc Hoàng Đức Quốc Thu Kim Gia Bảo Hữu Phương Anh Tuấn Mỹ Khánh Xuân Thành").split()
GIVEN = (
    "An Anh Ánh Bình Bích Châu Chi Cường Dũng Duy Dung Đạt Đông Giang Hà Hải Hạnh Hân Hiếu Hoa "
    "Hòa Huy Hương Khang Khánh Khoa Kiên Lan Linh Long Lợi Mai Minh My Nam Nga Ngân Nghĩa Ngọc Nhân "
    "Nhi Như Oanh Phát Phong Phúc Phương Quân Quý Quỳnh Sang Sơn Tâm Thảo Thắng Thịnh Thư Thúy Tiên Toàn "
    "Trang Trâm Trí Trinh Trung Tú Tuấn Uyên Vân Việt Vinh Vy Yến Ý"
).split()

# (code, name, kind, code of the unit above, headcount)
UNITS = (
    ("TM", "Tỉnh mẫu", "tỉnh, thành phố", "", ""),
    ("AT", "Xã An Trường", "xã, phường", "TM", ""),
    ("AT-THPT", "Trường THPT An Trường", "trường học", "AT", "138"),
    ("AT-THPT-10A", "Lớp 10A", "lớp", "AT-THPT", "46"),
    ("AT-THPT-11A", "Lớp 11A", "lớp", "AT-THPT", "47"),
    ("AT-THPT-12A", "Lớp 12A", "lớp", "AT-THPT", "45"),
    ("AT-THCS1", "Trường THCS An Trường A", "trường học", "AT", "112"),
    ("AT-THCS1-8A", "Lớp 8A", "lớp", "AT-THCS1", "57"),
    ("AT-THCS1-9A", "Lớp 9A", "lớp", "AT-THCS1", "55"),
    ("AT-THCS2", "Trường THCS An Trường C", "trường học", "AT", "96"),
    ("AT-GDTX", "Trung tâm Giáo dục thường xuyên", "trường học", "AT", "84"),
    ("AT-DOAN-COQUAN", "Chi đoàn Cơ quan xã", "chi đoàn, thôn, tổ", "AT", "45"),
    ("AT-CONGAN", "Chi đoàn Công an xã", "chi đoàn, thôn, tổ", "AT", "38"),
    ("AT-QUANSU", "Chi đoàn Quân sự xã", "chi đoàn, thôn, tổ", "AT", "44"),
    ("AT-YTE", "Chi đoàn Trạm Y tế", "chi đoàn, thôn, tổ", "AT", "33"),
    ("AT-AP1", "Chi đoàn Ấp 1", "chi đoàn, thôn, tổ", "AT", "72"),
    ("AT-AP3", "Chi đoàn Ấp 3A", "chi đoàn, thôn, tổ", "AT", "79"),
    ("AT-AP5", "Chi đoàn Ấp 5", "chi đoàn, thôn, tổ", "AT", "66"),
    ("AT-AP7", "Chi đoàn Ấp 7B", "chi đoàn, thôn, tổ", "AT", "61"),
)


def full_name(random: Random) -> str:
    middle = random.sample(MIDDLE, random.choice((1, 1, 2)))
    return " ".join([random.choice(FAMILY), *middle, random.choice(GIVEN)])


def birth_year(unit_code: str, random: Random, this_year: int) -> int:
    """Pupils in schools, adults elsewhere."""
    if "THCS" in unit_code:
        return this_year - random.choice((13, 14))
    if "THPT" in unit_code or "GDTX" in unit_code:
        return this_year - random.choice((15, 16, 17))
    return this_year - random.randint(19, 33)
