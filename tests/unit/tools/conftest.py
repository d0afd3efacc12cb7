"""Let the tests of the tools import them: they stand beside the package and are no part of it."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[3]))
