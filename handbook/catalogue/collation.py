"""The order of names in each language, as bytes: the same on every database, whatever its collation."""

import unicodedata

POLISH_ALPHABET = "aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż"
POLISH_WEIGHTS = {letter: bytes([0x80 + place]) for place, letter in enumerate(POLISH_ALPHABET)}
AFTER_LETTERS = b"\xff"


def sort_key(lang: str, name: str) -> bytes:
    """Return what sorts a name among others of its language; capitals make no difference.

    Polish letters have places of their own (ó after o, ł after l), in English an accent makes no difference, and
    hangul syllables stand in Unicode as in a Korean dictionary. Blanks, signs and digits come before letters.
    """
    folded = unicodedata.normalize("NFC", name.casefold())
    if lang == "pl":
        return b"".join(map(_polish_weight, folded))
    return (_without_accents(folded) if lang == "en" else folded).encode()


def _polish_weight(letter: str) -> bytes:
    if letter in POLISH_WEIGHTS:
        return POLISH_WEIGHTS[letter]
    base = _without_accents(letter)
    if base.isascii():
        return b"".join(POLISH_WEIGHTS.get(part, part.encode()) for part in base)
    return AFTER_LETTERS + letter.encode()


def _without_accents(text: str) -> str:
    return "".join(part for part in unicodedata.normalize("NFD", text) if not unicodedata.combining(part))
