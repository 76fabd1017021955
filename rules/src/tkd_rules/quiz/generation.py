"""Which questions make a quiz: of every kind and about many items, rather of what was learned last."""

from collections import Counter
from collections.abc import Iterator
from itertools import islice

from tkd_rules.quiz.asking import Asked, Draft, View
from tkd_rules.quiz.chance import Chance
from tkd_rules.quiz.items import Item
from tkd_rules.quiz.kinds import ITEMS_OF, KINDS_OF, RULES
from tkd_rules.quiz.material import Material
from tkd_rules.quiz.question import Kind, Question, QuizRequest

HEAVIEST = 9
LIGHTER_PER_BELT = 2


def questions_for(material: Material, request: QuizRequest) -> tuple[Question, ...]:
    """Return up to `count` questions about items learned up to the belt; fewer when no other can be asked.

    The same arguments give the same questions on every platform. No item comes twice while another is left that can
    be asked about, no question comes twice at all, and kinds take turns.
    """
    asking = _Asking(material, request)
    numbered = enumerate(islice(asking.questions(), max(request.count, 0)), start=1)
    return tuple(_question(str(number), request, *asked) for number, asked in numbered)


class _Asking:
    """A quiz that is being made, with what was asked so far."""

    def __init__(self, material: Material, request: QuizRequest) -> None:
        self.material, self.request = material, request
        self.chance = Chance(request.seed, request.mode, request.belt_rank, request.language, request.typed)
        self.asked: Counter[Kind] = Counter()
        self.details: dict[tuple[Kind, str], set[str]] = {}

    def questions(self) -> Iterator[tuple[Kind, Item, Draft]]:
        """Yield questions until a round through all items brings none."""
        items = [
            item for item in self.material.all(ITEMS_OF[self.request.mode]) if item.belt_rank <= self.request.belt_rank
        ]
        brought = True
        while brought:
            brought = False
            for item in self.chance.drawn(items, self._weight):
                if found := self._ask_about(item):
                    brought = True
                    yield found

    def _weight(self, item: Item) -> int:
        return max(1, HEAVIEST - LIGHTER_PER_BELT * (self.request.belt_rank - item.belt_rank))

    def _ask_about(self, item: Item) -> tuple[Kind, Item, Draft] | None:
        """Ask by the kind that was asked least of those that suit the item."""
        kinds = self.chance.shuffled(KINDS_OF[self.request.mode])
        for kind in sorted(kinds, key=self.asked.__getitem__):
            taken = self.details.setdefault((kind, item.slug), set())
            draft = self._draft(kind, item, frozenset(taken))
            if draft and draft.detail not in taken:
                taken.add(draft.detail)
                self.asked[kind] += 1
                return kind, item, draft
        return None

    def _draft(self, kind: Kind, item: Item, taken: frozenset[str]) -> Draft | None:
        view = View(material=self.material, item=item, language=self.request.language)
        typed = self.request.typed and RULES[kind].typing is not None
        asked = Asked(view=view, chance=self.chance, belt_rank=self.request.belt_rank, taken=taken)
        draft = RULES[kind].ask(asked)
        return Draft() if draft and typed else draft


def _question(number: str, request: QuizRequest, kind: Kind, item: Item, draft: Draft) -> Question:
    return Question(
        id=number,
        kind=kind,
        item_kind=item.kind,
        item_slug=item.slug,
        language=request.language,
        detail=draft.detail,
        options=draft.options,
        answer_index=draft.answer_index,
    )
