#!/usr/bin/env python3
"""The one entrance: `manage.py up` runs it, `manage.py test` tests it, `manage.py bench` measures it."""

import sys

from factcheck import bootstrap


def main() -> None:
    try:
        bootstrap.prepare(sys.argv[1:])
        from factcheck.commandline import execute

        execute(sys.argv)
    except KeyboardInterrupt:
        sys.exit("\nStopped.")


if __name__ == "__main__":
    main()
