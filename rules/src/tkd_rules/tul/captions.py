"""What a picture of a tul says to who can't see it, in each language."""

from tkd_rules.tul.diagram import Diagram

_WHOLE = {
    "pl": (
        "Diagram układu {name}",
        "Ślady stóp z góry: lewa niebieska, prawa czerwona; strzałka przy numerze ruchu wskazuje zwrot ciała.",
    ),
    "en": (
        "Diagram of {name}",
        "Footprints from above: left blue, right red; the beak at the number of a movement shows where the body faces.",
    ),
    "ko": (
        "{name} 연무선",
        "위에서 본 발자국: 왼발은 파랑, 오른발은 빨강이며, 동작 번호의 뾰족한 끝은 몸이 향하는 쪽이다.",
    ),
}
_ONE = {
    "pl": (
        "{name}, ruch {step} z {steps}",
        "Stopy z góry: blade tam, gdzie stały, mocne tam, gdzie stoją; strzałki pokazują drogę stopy i obrót ciała.",
    ),
    "en": (
        "{name}, movement {step} of {steps}",
        "Feet from above: pale where they were, strong where they are; arrows show the way of a foot and the turn.",
    ),
    "ko": (
        "{name} {step}번째 동작",
        "위에서 본 발: 흐린 것은 앞의 자리, 짙은 것은 지금 자리이며, 화살표는 발의 길과 몸의 회전이다.",
    ),
}


def caption(diagram: Diagram, *, name: str, steps: int, lang: str) -> tuple[str, str]:
    """Return the title of a picture and what it shows, in `pl`, `en` or `ko`."""
    title, description = (_WHOLE if diagram.step is None else _ONE)[lang]
    return title.format(name=name, step=diagram.step, steps=steps), description
