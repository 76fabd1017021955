"""A pytest plugin (`-p tests.examples`): examples may take as long as a busy machine needs, and say how to repeat them."""

from hypothesis import settings

settings.register_profile("handbook", deadline=None, print_blob=True)
settings.load_profile("handbook")
