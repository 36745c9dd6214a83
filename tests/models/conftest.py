from tests.invariants.conftest import one_of_each

__all__ = ["one_of_each"]
