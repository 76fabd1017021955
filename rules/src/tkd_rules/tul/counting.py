"""Counting as in training, with native Korean numbers: hana, dool, set."""

from typing import NamedTuple


class Count(NamedTuple):
    hangul: str
    romanization: str


ONES = (
    Count("하나", "Hana"),
    Count("둘", "Dool"),
    Count("셋", "Set"),
    Count("넷", "Net"),
    Count("다섯", "Dasot"),
    Count("여섯", "Yosot"),
    Count("일곱", "Ilgop"),
    Count("여덟", "Yodol"),
    Count("아홉", "Ahop"),
)
TENS = (
    Count("열", "Yol"),
    Count("스물", "Sumul"),
    Count("서른", "Sorun"),
    Count("마흔", "Mahun"),
    Count("쉰", "Swin"),
    Count("예순", "Yesun"),
    Count("일흔", "Irun"),
    Count("여든", "Yodun"),
    Count("아흔", "Ahun"),
)
LARGEST = 99


def count_of(number: int) -> Count:
    """Return a number from 1 to 99 as it is called out. Raises ValueError for another: there is no native one."""
    if not 1 <= number <= LARGEST:
        raise ValueError(f"{number} has no native Korean name")
    tens, ones = divmod(number, 10)
    said = ([TENS[tens - 1]] if tens else []) + ([ONES[ones - 1]] if ones else [])
    return Count("".join(one.hangul for one in said), " ".join(one.romanization for one in said))
