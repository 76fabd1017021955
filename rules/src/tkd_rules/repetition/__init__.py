"""Spaced repetition: when a card is asked again, decided alike by the phone and the server from the same answers."""
