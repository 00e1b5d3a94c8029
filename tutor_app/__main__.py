"""`python -m tutor_app` is `stem-tutor`."""

import sys

from tutor_app.cli import main

if __name__ == "__main__":
    sys.exit(main())
