"""Grades of ITF Taekwon-Do: ten kup, counted down, then nine dan, counted up."""

import re
from dataclasses import dataclass

KUP_GRADES = 10
DAN_GRADES = 9

_KUP = re.compile(r"(?P<number>10|[1-9])(?:-?kup)?", re.ASCII)
_DAN = re.compile(r"(?P<number>[1-9])-?dan", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class Belt:
    """A grade by its place on the road: rank 1 is the 10th kup, 10 the 1st kup, 11 the 1st dan, 19 the 9th dan."""

    rank: int

    def __post_init__(self) -> None:
        if not 1 <= self.rank <= KUP_GRADES + DAN_GRADES:
            raise ValueError(f"No grade has the rank {self.rank}.")

    @property
    def code(self) -> str:
        """Return `10kup` … `1kup`, `1dan` … `9dan`."""
        if self.rank <= KUP_GRADES:
            return f"{KUP_GRADES + 1 - self.rank}kup"
        return f"{self.rank - KUP_GRADES}dan"


def parse_belt(text: str) -> Belt:
    """Read `9`, `9kup` or `9-kup` as the 9th kup and `1dan` or `1-dan` as the 1st dan.

    Raises ValueError that names the accepted forms.
    """
    if kup := _KUP.fullmatch(text):
        return Belt(KUP_GRADES + 1 - int(kup["number"]))
    if dan := _DAN.fullmatch(text):
        return Belt(KUP_GRADES + int(dan["number"]))
    raise ValueError(f"{text[:20]!r} is not a grade: give 10kup to 1kup (or 10 to 1), or 1dan to 9dan.")


ALL_BELTS = tuple(Belt(rank) for rank in range(1, KUP_GRADES + DAN_GRADES + 1))
BELT_PATTERN = r"^(?:(?:10|[1-9])(?:-?kup)?|[1-9]-?dan)\Z"  # the same forms for a schema
BELT_CODES = tuple(belt.code for belt in ALL_BELTS)
