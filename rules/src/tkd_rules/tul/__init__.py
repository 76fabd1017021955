"""A tul as data: its notation, where it leads over the floor, and what is wrong with one that can't be walked."""
