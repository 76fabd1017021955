"""What counts as Korean text in the handbook's content."""

import unicodedata

_HANGUL_RANGES = (
    (0xAC00, 0xD7A3),  # syllables
    (0x3131, 0x318E),  # single letters, as in ㄴ자 서기
)
_IN_NAMES = set(" ,")
_IN_SENTENCES = set(" 0123456789.,:;!?()[]'\"·~–-/%…‘’“”→°")


def is_hangul(character: str) -> bool:
    """Whether a character is a hangul syllable or a single hangul letter."""
    return any(first <= ord(character) <= last for first, last in _HANGUL_RANGES)


def not_korean(text: str, *, is_name: bool) -> str:
    """Return the characters that do not belong in Korean text, in order; an empty string when all do.

    A name holds hangul and spaces, and a comma where two names are joined; a sentence may have digits and
    punctuation too. Text that is not in composed form (NFC) is refused whole, because it would neither
    compare nor search equal.
    """
    if unicodedata.normalize("NFC", text) != text:
        return text
    allowed = _IN_NAMES if is_name else _IN_SENTENCES
    return "".join(character for character in text if not is_hangul(character) and character not in allowed)
