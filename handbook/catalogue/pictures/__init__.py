"""Tuls on paper and in motion: study sheets, pictures and films."""
