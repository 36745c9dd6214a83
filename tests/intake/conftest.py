"""As many examples as for the text core."""

import tests.text.conftest  # noqa: F401  # it loads the profile
