"""What a function was given of an event source, held against what was put there: nothing lost, nothing
out of order, and nothing twice without a reason."""

import http.server
import json
import random
import threading
import time
from collections import defaultdict

import stand_ins

# Tells the ledger what it was given, and ends as that says.
FUNCTION = """
import base64, json, os, time, urllib.request
def of(record):
    if "kinesis" in record:
        text = base64.b64decode(record["kinesis"]["data"]).decode()
        return text.split(":"), record["kinesis"]["sequenceNumber"]
    if "dynamodb" in record:
        change = record["dynamodb"]
        return [change["Keys"]["k"]["S"], change["NewImage"]["v"]["N"]], change["SequenceNumber"]
    return record["body"].split(":"), record["messageId"]
def handler(event, context):
    began = time.monotonic()
    given = [of(record) for record in event["Records"]]
    told = json.dumps([began, [[key, int(number)] for (key, number), _ in given]]).encode()
    with urllib.request.urlopen(os.environ["LEDGER"], told, timeout=30) as answer:
        end = json.load(answer)
    if end == "raise":
        raise ValueError("as it was told")
    if end == "exit":
        os._exit(1)
    return {"batchItemFailures": [{"itemIdentifier": given[at][1]} for at in end]}
"""


class Entry:
    """An invocation: when it began, and when it asked how to end; what it was given, and what of it the
    function was told to fail with."""

    def __init__(self, began, asked, records, failed):
        self.began, self.asked, self.records, self.failed = began, asked, records, failed


class Ledger:
    """Of one source: what was put there, and what came of it."""

    def __init__(self, name, seed, keeps_order):
        self.name, self.keeps_order = name, keeps_order
        self.random = random.Random(f"{name} {seed}")
        self.lock = threading.Lock()
        # How many records each key has, of which it is known that they were put.
        self.put = defaultdict(int)
        # Those whose putting may have been done more than once, since nobody answered.
        self.unsure = set()
        self.entries = []
        self.done = defaultdict(int)
        # Up to which number each key is done with all.
        self.reached = defaultdict(lambda: -1)
        self.faults = []
        self.failures = defaultdict(int)

    def given(self, began, records):
        """An invocation asks how it is to end."""
        records = [(key, number) for key, number in records]
        with self.lock:
            how, failed = self.chosen(len(records))
            if self.keeps_order:
                self.hold_order(records)
            self.entries.append(Entry(began, time.monotonic(), records, failed))
            self.failures[how] += 1
            for at, record in enumerate(records):
                if at not in failed:
                    self.done[record] += 1
                    key, number = record
                    while self.done[key, self.reached[key] + 1]:
                        self.reached[key] += 1
        return how if how in ("raise", "exit") else sorted(failed)

    def chosen(self, count):
        """How an invocation ends, and which of its records fail."""
        drawn = self.random.random()
        if drawn < 0.02:
            return "raise", set(range(count))
        if drawn < 0.03:
            return "exit", set(range(count))
        if drawn < 0.06 and count > 1:
            if self.keeps_order:
                # As a function does that keeps the order of what it is given: none after the first.
                return "partial", set(range(self.random.randrange(count), count))
            return "partial", set(self.random.sample(range(count), count // 2))
        return "done", set()

    def hold_order(self, records):
        """No record passes one of its key that is not done."""
        reached = {}
        for key, number in records:
            if number > reached.get(key, self.reached[key]) + 1:
                self.faults.append(f"{key}:{number} passes {self.reached[key] + 1} in {records}")
            reached[key] = max(number, reached.get(key, self.reached[key]))

    def is_whole(self, count, keys):
        with self.lock:
            return all(self.reached[f"k{key}"] >= count - 1 for key in range(keys))

    def twice(self, kills):
        """What was given again though no attempt had failed, no server was killed or started in between,
        and it was put once."""
        # What was asked before a server was killed may be heard after it.
        done, found = {}, []
        for entry in self.entries:
            for at, record in enumerate(entry.records):
                before = done.get(record)
                if before and record not in self.unsure and not any(
                        before.began <= started and killed <= entry.asked for killed, started in kills):
                    found.append((record, [(each.began, each.asked) for each in (before, entry)]))
                if at not in entry.failed:
                    done[record] = entry
        return found

    def figures(self, kills):
        """What was seen, in a line."""
        invocations = len(self.entries)
        again = sum(len(entry.records) for entry in self.entries) - sum(self.put.values())
        ends = ", ".join(f"{count} {how}" for how, count in sorted(self.failures.items()))
        return (f"{self.name}: {sum(self.put.values())} records, {invocations} invocations ({ends}), "
                f"{again} given again, {len(kills)} kills")


class Ledgers:
    """Ledgers of many sources, at a URL that functions reach."""

    def __init__(self):
        self.of = {}
        ledgers = self.of

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                began, records = json.loads(self.rfile.read(int(self.headers["content-length"])))
                answer = json.dumps(ledgers[self.path[1:]].given(began, records)).encode()
                self.send_response(200)
                self.send_header("content-length", str(len(answer)))
                self.end_headers()
                try:
                    self.wfile.write(answer)
                except OSError:
                    # The function was ended with its server.
                    pass

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("0.0.0.0", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.address = stand_ins.own_address()

    def url(self, name):
        return f"http://{self.address}:{self.server.server_port}/{name}"

    def end(self):
        self.server.shutdown()
        self.server.server_close()
