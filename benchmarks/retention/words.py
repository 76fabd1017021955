"""The words of pictures and tables in the two languages of the pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    language: str
    models: Mapping[str, str]
    schedules: Mapping[str, str]
    answers_a_day: str
    known: str
    desired: str
    point_labels: str
    day: str
    days_labels: str
    table_head: str
    adopted: str
    ratio_head: str
    switch_title: str
    due: str
    days: str
    before: str
    ways: Mapping[str, str]
    switch_head: str
    decimal: str = "."

    def number(self, value: float, form: str) -> str:
        return format(value, form).replace(".", self.decimal)


ENGLISH: Final = Words(
    language="en",
    models={"fsrs": "Memory by FSRS-6", "actr": "Memory by ACT-R"},
    schedules={"sm2": "SM-2", "published": "FSRS-6, published parameters", "fitted": "FSRS-6, fitted parameters"},
    answers_a_day="answers a day",
    known="cards really known on a morning",
    desired="desired retention",
    point_labels="Numbers at the points: desired retention",
    day="day",
    days_labels="The line: day {day}, when FSRS is first fitted. Desired retention {desired}",
    table_head="| memory | schedule | desired retention | answers a day | known | known at the end |",
    adopted="{model}: fitted parameters were adopted in {adopted} of {all} courses.",
    ratio_head="| memory | schedule | against | answers for the same knowledge | standard error |",
    switch_title="2,000 cards, changing from SM-2 to FSRS",
    due="cards due",
    days="days after the change",
    before="SM-2, before",
    ways={
        "stays": "SM-2 goes on",
        "switches": "changes to FSRS",
        "recalculated": "changes, every date recalculated at once",
    },
    switch_head="| way of going on | cards due on the first day | most on one day | mean of 60 days |",
)
POLISH: Final = Words(
    language="pl",
    models={"fsrs": "Pamięć według FSRS-6", "actr": "Pamięć według ACT-R"},
    schedules={
        "sm2": "SM-2",
        "published": "FSRS-6, parametry opublikowane",
        "fitted": "FSRS-6, parametry dopasowane",
    },
    answers_a_day="odpowiedzi dziennie",
    known="karty naprawdę znane danego ranka",
    desired="zadana retencja",
    point_labels="Liczby przy punktach: zadana retencja",
    day="dzień",
    days_labels="Kreska: dzień {day}, pierwsze dopasowanie FSRS. Zadana retencja {desired}",
    table_head="| pamięć | plan powtórek | zadana retencja | odpowiedzi dziennie | znane | znane na końcu |",
    adopted="{model}: dopasowane parametry przyjęto w {adopted} z {all} przebiegów.",
    ratio_head="| pamięć | plan powtórek | wobec | odpowiedzi na tę samą wiedzę | błąd standardowy |",
    switch_title="2000 kart, przejście z SM-2 na FSRS",
    due="karty do powtórzenia",
    days="dni od zmiany",
    before="SM-2, przed zmianą",
    ways={
        "stays": "dalej SM-2",
        "switches": "przejście na FSRS",
        "recalculated": "przejście z przeliczeniem wszystkich terminów naraz",
    },
    switch_head="| dalszy ciąg | kart pierwszego dnia | najwięcej jednego dnia | średnio przez 60 dni |",
    decimal=",",
)
LANGUAGES: Final = (ENGLISH, POLISH)
