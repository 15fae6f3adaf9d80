"""What `python -m bot.cli` runs."""

import sys

from bot.cli import main

sys.exit(main())
