"""Examples enough to find what is wrong, few enough to run with every change."""

from hypothesis import settings

settings.register_profile("text", max_examples=100, deadline=None)
settings.load_profile("text")
