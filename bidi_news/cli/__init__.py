"""The commands: ``normalize``, a pure filter, and ``bidi-news``, the toolbox; one module per command."""

from __future__ import annotations

import os

# One process is one core, and --jobs makes more processes: threads of the linear algebra would only cost start-up
# time and fight each other. It must be said before numpy is first imported.
for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")
