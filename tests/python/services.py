"""Programs that run beside the tests."""

import socket
import subprocess
import time
from contextlib import contextmanager

from tools import REPOSITORY


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def running(command, port, log, environment):
    """Runs a program until the block ends. The block begins when the program listens on the port."""
    with log.open("w") as output:
        process = subprocess.Popen(
            command, cwd=REPOSITORY, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT
        )
        try:
            wait_for_port(process, port, log)
            yield
        finally:
            process.terminate()
            process.wait()


def wait_for_port(process, port, log, seconds=60):
    deadline = time.monotonic() + seconds
    while process.poll() is None and time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except ConnectionRefusedError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"{process.args[0]} does not listen: {log.read_text()[-2000:]}")
