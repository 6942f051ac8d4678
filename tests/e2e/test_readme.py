"""README's blocks, run as they stand there by somebody who has just come."""

import os
import pathlib
import re
import signal
import subprocess
import sys

ROOT = pathlib.Path(__file__).parent.parent.parent


def blocks():
    section = (ROOT / "README.md").read_text().split("## Use it\n")[1].split("\n## ")[0]
    return re.findall(r"```sh\n(.*?)```", section, re.DOTALL)


def checkout(directory):
    """The repository as it is, but for what is built, which is there already: `cargo build` has nothing to do."""
    for name in ("scripts", "serve", "target"):
        (directory / name).symlink_to(ROOT / name)
    built = directory / "built" / "release"
    built.mkdir(parents=True)
    (built / "warren").symlink_to(os.environ["WARREN"])
    shims = directory / "shims"
    shims.mkdir()
    cargo = shims / "cargo"
    cargo.write_text('#!/bin/sh\n[ "$1 $2" = "build --release" ]\n')
    cargo.chmod(0o755)
    names = ("AWS_", "WARREN")
    environment = {key: value for key, value in os.environ.items() if not key.startswith(names)}
    return {**environment, "PATH": f"{shims}:{os.environ['PATH']}", "CARGO_TARGET_DIR": str(directory / "built"),
            "PYTHONUNBUFFERED": "1"}


def test_both_blocks_can_be_pasted(tmp_path):
    first, second = blocks()
    environment = checkout(tmp_path)
    # A machine of its own, where port 4566 is free.
    own = ["unshare", "--net", "sh", "-c", 'ip link set lo up && exec "$@"', "-", sys.executable, __file__]
    done = subprocess.run([*own, str(tmp_path), first, second], env=environment, capture_output=True, text=True,
                          timeout=400, cwd=tmp_path)
    out, error = done.stdout, done.stderr
    assert done.returncode == 0, f"{out}\n{error}"
    # Each line did what is said of it, and none complained.
    assert '"hello"' in out and "└─" in out and "web is 172.31." in error and "pg is 172.31." in out
    assert "web is removed\npg is removed\n" in out and "the page is plan.html" in out
    assert (tmp_path / "today.csv").read_text().count("\n") == 2 and (tmp_path / "plan.html").exists()
    assert "error" not in error.lower() and "not found" not in error, error


def paste(directory, first, second):
    """The two terminals; in the second the lines are typed into a shell that stops at the first that fails."""
    serve = subprocess.Popen(["bash", "-c", first], cwd=directory, stdout=subprocess.PIPE, text=True,
                             start_new_session=True)
    try:
        line = serve.stdout.readline()
        assert line.startswith("warren serves http://127.0.0.1:4566,"), line
        typed = subprocess.run(["bash", "-e", "-o", "pipefail"], cwd=directory, input=second, text=True)
        return typed.returncode
    finally:
        os.killpg(serve.pid, signal.SIGINT)
        serve.wait(timeout=60)


if __name__ == "__main__":
    sys.exit(paste(*sys.argv[1:]))
