"""What scripts/client_tools.sh installs, once for each name."""

import functools
import os
import subprocess
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
FOLDER = Path(os.environ["MODEL_ROUTABLE_CACHE"]) / "clients"


@functools.cache
def install(name):
    """The environment that finds what was installed, or None if the distribution does not have it.

    Progress goes to standard error. An installation that fails raises CalledProcessError.
    """
    run = subprocess.run([REPOSITORY / "scripts/client_tools.sh", name], stdout=subprocess.PIPE, text=True)
    if run.returncode == 3:
        return None
    run.check_returncode()
    return os.environ | dict(line.split("=", 1) for line in run.stdout.splitlines())
