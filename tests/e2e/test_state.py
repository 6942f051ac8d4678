"""State directories as servers left them, opened by this one."""

import importlib.util
import json
import os
import pathlib
import resource
import signal
import subprocess
import tarfile

import pytest

import functions
from conftest import leftovers

FIXTURES = pathlib.Path(__file__).parents[1] / "fixtures"


def unpack(fixture, into):
    with tarfile.open(FIXTURES / fixture / "state.tar.gz") as archive:
        archive.extractall(into)


def questions(fixture):
    """The script that made a fixture, for what it asked."""
    spec = importlib.util.spec_from_file_location("make", FIXTURES / fixture / "make.py")
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    return script


def lacking(expected, found, at="answers"):
    """What of an answer is not in another: lists may be in another order, members may be added."""
    if isinstance(expected, dict) and isinstance(found, dict):
        for name, value in expected.items():
            if name in ("storedBytes", "DhcpOptionsId"):
                # Earlier servers counted characters, and told of options for each VPC of which there were
                # none: an account has one set by default.
                continue
            yield from lacking(value, found.get(name), f"{at}.{name}")
    elif isinstance(expected, list) and isinstance(found, list):
        if len(expected) != len(found):
            yield f"{at}: {len(found)} of {len(expected)}"
        for number, value in enumerate(expected):
            if all(next(lacking(value, other), None) for other in found):
                yield f"{at}[{number}]: {value}"
    elif expected != found:
        yield f"{at}: {found!r} instead of {expected!r}"


@pytest.mark.parametrize("fixture", sorted(each.name for each in FIXTURES.glob("state-*")))
def test_a_state_directory_of_any_format_is_opened(fixture, tmp_path, serve):
    unpack(fixture, tmp_path)
    expected = json.loads((FIXTURES / fixture / "answers.json").read_text())
    for _ in range(2):
        # The first start changes what is of an earlier format, the second finds it changed.
        server = serve()
        script = questions(fixture)
        found = script.ask(server.client)
        for (service, operation, _), one, other in zip(script.ASKED, expected, found, strict=True):
            assert list(lacking(one, other, f"{service} {operation}")) == []
        assert server.stop() == 0
    # What the resource has on the machine goes with it.
    server = serve()
    remove = [os.environ["WARREN"], "resources", "--endpoint", server.url, "remove", "database"]
    subprocess.run(remove, check=True, capture_output=True)


def test_rubbish_in_the_state_directory_does_not_stop_a_start(tmp_path, serve):
    server = serve()
    functions.create(server.client("lambda"))
    server.stop()
    code = tmp_path / "state" / "code"
    # Deeper than a process may have files open.
    subprocess.run(["mkdir", "-p", code / ".new-0" / "/".join(["d"] * 1500)], check=True)
    (code / ".boot").write_text("another")
    (tmp_path / "state" / "packages" / ("00" * 32 + ".zip")).write_text("no zip")
    limits = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(1024, limits[1]), limits[1]))
    try:
        server = serve()
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, limits)
    assert not (code / ".new-0").exists()
    functions.result(server.client("lambda"))


def test_a_server_that_is_told_to_stop_while_it_takes_over_leaves_nothing(server):
    """What a killed one left is taken over beside the first answers, and given back in any case."""
    functions.create(server.client("lambda"))
    instance = pathlib.Path(server.state, "instance").read_text().split()[0]
    for _ in range(8):
        functions.invoke(server.client("lambda"))
        server.stop(signal.SIGKILL)
        server.start()
        assert server.stop() == 0
        left = leftovers(instance)
        server.start()
        assert left == []
