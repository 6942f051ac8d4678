"""Functions that print without end: they wait, others do not, and nothing grows without a bound."""

import pathlib
import signal
import threading
import time

from functions import create, eventually, result
from hostile import LONG, memory

GROUP = "/aws/lambda/"
FLOOD = """
import os, time
def handler(event, context):
    end = time.monotonic() + event["seconds"]
    lines = 0
    while time.monotonic() < end:
        os.write(1, b"x" * 255000 + b"\\n")
        lines += 1
    return lines
"""
QUIET = """
def handler(event, context):
    for part in range(3):
        print("quiet", event["number"], part)
    return event["number"]
"""
SECONDS = 25 if LONG else 5


def lines(logs, name, pattern=None):
    pages = logs.get_paginator("filter_log_events").paginate(
        logGroupName=GROUP + name, **({"filterPattern": pattern} if pattern else {}))
    return [event["message"] for page in pages for event in page["events"]]


def test_a_log_flood_is_bounded_and_its_functions_alone_wait(serve):
    server = serve("--logs-limit", "64MB")
    client = server.client("lambda", read_timeout=120)
    logs = server.client("logs")
    for name in ("flood-0", "flood-1", "flood-2"):
        create(client, name, FLOOD, Timeout=120, MemorySize=512)
    create(client, "quiet", QUIET)
    result(client, {"number": -1}, "quiet")
    before = memory(server)
    printed = {}

    def flood(name):
        printed[name] = result(client, {"seconds": SECONDS}, name)

    floods = [threading.Thread(target=flood, args=(name,)) for name in
              ("flood-0", "flood-1", "flood-2")]
    for each in floods:
        each.start()
    number, most = 0, 0
    while any(each.is_alive() for each in floods):
        assert result(client, {"number": number}, "quiet") == number
        number += 1
        most = max(most, memory(server))
        time.sleep(0.02)
    for each in floods:
        each.join()
    assert sorted(printed) == ["flood-0", "flood-1", "flood-2"] and all(printed.values())
    assert most - before < 160 << 20, f"{most - before} bytes more while it was flooded"
    # Whoever prints little loses nothing by it: the last lines are there, each with all its parts.
    last = [f"quiet {number - 1} {part}\n" for part in range(3)]
    assert [line for line in lines(logs, "quiet", f'"quiet {number - 1} "')] == last
    kept = lines(logs, "quiet", "quiet")
    assert len(kept) % 3 == 0 and not any("dropped" in line for line in lines(logs, "quiet"))
    for file, most in (("logs.db", 72 << 20), ("logs.db-wal", 24 << 20)):
        size = pathlib.Path(server.state, file).stat().st_size
        assert size < most, f"{file} has {size} bytes"
    # Each has its end, and nothing is left that keeps the server from ending.
    for name in printed:
        assert any(line.startswith("REPORT") for line in lines(logs, name, "REPORT"))
    assert memory(server) - before < 120 << 20
    began = time.monotonic()
    assert server.stop() == 0
    assert time.monotonic() - began < 15


def test_the_oldest_logs_go_when_there_are_too_many(serve):
    server = serve("--logs-limit", "8MB")
    client, logs = server.client("lambda"), server.client("logs")
    create(client, "old", QUIET)
    result(client, {"number": 7}, "old")
    assert len(lines(logs, "old", "quiet")) == 3
    create(client, "flood", FLOOD, Timeout=60, MemorySize=512)
    while lines(logs, "old", "quiet"):
        result(client, {"seconds": 0.5}, "flood")
    assert lines(logs, "flood", "REPORT")
    assert pathlib.Path(server.state, "logs.db").stat().st_size < 12 << 20
    # The limit of the next server counts for what is there already.
    server.stop(signal.SIGKILL)
    server = serve("--logs-limit", "2MB")
    result(server.client("lambda"), {"number": 8}, "old")
    logs = server.client("logs")
    eventually(lambda: len(lines(logs, "old", "quiet")) == 3)
    eventually(lambda: pathlib.Path(server.state, "logs.db").stat().st_size < 24 << 20)
