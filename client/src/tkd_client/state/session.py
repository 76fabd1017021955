"""A sitting with the cards: one is asked, shown, and answered; what is left follows from the answers."""

from collections.abc import Callable

from tkd_client.state.learning import Learning
from tkd_client.state.observed import Observed
from tkd_rules.repetition.reviews import Rating


class Session(Observed):
    """Nothing of it is stored: who comes back, also after the app was killed, goes on where they were."""

    def __init__(self, learning: Learning, *, clock_s: Callable[[], float]) -> None:
        """`clock_s` never goes back; it times how long somebody thinks."""
        super().__init__()
        self._learning, self._clock_s = learning, clock_s
        self._asked: str | None = None
        self._asked_at_s = 0.0
        self.is_shown = False

    @property
    def card(self) -> str | None:
        """Return the card that is asked now, None when the day's work is done."""
        left = self._learning.today.left
        if self._asked not in left:
            self._ask(next(iter(left), None))
        return self._asked

    def show(self) -> None:
        """Turn the card."""
        self.is_shown = self.card is not None
        self.changed()

    def rate(self, rating: Rating) -> bool:
        """Answer the card that is asked, once it was shown; tells whether the answer was kept."""
        card = self.card
        if card is None or not self.is_shown:
            return False
        elapsed_ms = int((self._clock_s() - self._asked_at_s) * 1000)
        if not self._learning.answer(card, rating, elapsed_ms=elapsed_ms):
            return False
        self._ask(next(iter(self._learning.today.left), None))
        self.changed()
        return True

    def undo(self) -> None:
        """Ask the card of the last answer once more, as if it had not been answered."""
        card = self._learning.undo()
        if card is not None:
            self._ask(card)
            self.changed()

    def _ask(self, card: str | None) -> None:
        self._asked, self._asked_at_s, self.is_shown = card, self._clock_s(), False
