"""`python -m evidence` is the command `evidence`."""

import sys

from evidence.cli import main

sys.exit(main())
