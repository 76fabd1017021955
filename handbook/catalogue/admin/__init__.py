"""Where editors write. Every save is a publication when the item is public, so it takes a revision."""

from handbook.catalogue.admin import syllabuses, tags, techniques, terms, theory, tuls, withdrawn

__all__ = ["syllabuses", "tags", "techniques", "terms", "theory", "tuls", "withdrawn"]
