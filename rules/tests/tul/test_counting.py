import pytest

from tkd_rules.tul.counting import count_of


@pytest.mark.parametrize(
    ("number", "hangul", "romanization"),
    [
        (1, "하나", "Hana"),
        (9, "아홉", "Ahop"),
        (10, "열", "Yol"),
        (21, "스물하나", "Sumul Hana"),
        (30, "서른", "Sorun"),
        (72, "일흔둘", "Irun Dool"),
        (99, "아흔아홉", "Ahun Ahop"),
    ],
)
def test_a_number_is_called_out_in_native_korean(number: int, hangul: str, romanization: str) -> None:
    assert count_of(number) == (hangul, romanization)


def test_no_two_movements_are_called_out_alike() -> None:
    assert len({count_of(number) for number in range(1, 100)}) == 99


@pytest.mark.parametrize("number", [0, -3, 100])
def test_a_number_without_a_native_name_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match=f"{number} has no native Korean name"):
        count_of(number)
