"""What the hostile tests share: how long they are, and what a server takes of the machine."""

import os
import re

# The nightly variant: `./test --long`.
LONG = os.environ.get("WARREN_LONG") == "1"


def memory(server):
    """Bytes of memory that a server's process has at present."""
    with open(f"/proc/{server.process.pid}/status") as status:
        return int(re.search(r"VmRSS:\s+(\d+) kB", status.read()).group(1)) << 10
