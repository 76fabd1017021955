"""A tul in words: its steps as sentences in Polish, English and Korean."""

from tkd_rules.tul.describing.names import Language, Names, names_of_documents
from tkd_rules.tul.describing.sentences import describe, describe_closing, describe_ready, describe_tul

__all__ = [
    "Language",
    "Names",
    "describe",
    "describe_closing",
    "describe_ready",
    "describe_tul",
    "names_of_documents",
]
