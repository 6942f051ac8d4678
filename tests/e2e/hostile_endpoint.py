"""An endpoint that is asked for anything, and answers as nobody should: never, for ever, or with lies.

How it answers is named by what a request is about: a queue, a stream, a key or a bucket of that name. It is a
process of its own, since who sends without end leaves others of its process no time; the words that it is
started with are operations that it answers as it should.
"""

import json
import os
import re
import socket
import subprocess
import sys
import threading
import time
import urllib.request

JSON = "HTTP/1.1 200 OK\r\ncontent-type: application/x-amz-json-1.0\r\n"
CHUNKED = JSON + "transfer-encoding: chunked\r\n\r\n"


def whole(document, status="200 OK"):
    body = document if isinstance(document, str) else json.dumps(document)
    return f"HTTP/1.1 {status}\r\ncontent-type: application/x-amz-json-1.0\r\n" \
           f"content-length: {len(body)}\r\n\r\n{body}".encode()


def send(*parts):
    return lambda stream: [stream.sendall(part if isinstance(part, bytes) else part.encode()) for part in parts]


def never(stream):
    while stream.recv(1 << 16):
        pass


def ever(first, part, pause=0.001):
    """Sends something, and then more of it for as long as anybody takes it."""
    def answer(stream):
        stream.sendall(first.encode())
        while True:
            stream.sendall(part.encode())
            time.sleep(pause)
    return answer


def chunk(text):
    return f"{len(text):x}\r\n{text}\r\n"


# Those that somebody has to give up on, since they never end.
SLOW = {
    "mode-never": never,
    "mode-head-by-drops": ever("HTTP/1.1 200 OK\r\nx: ", "y", 0.2),
    "mode-informed-for-ever": ever("", "HTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\n", 0.01),
    "mode-body-by-drops": ever(JSON + "content-length: 1000000000000\r\n\r\n{", " ", 0.2),
    "mode-chunks-by-drops": ever(CHUNKED, chunk(" "), 0.2),
}
# Those that can be known to be wrong.
WRONG = {
    "mode-endless-head": ever("HTTP/1.1 200 OK\r\n", f"x: {'y' * 4096}\r\n" * 8),
    "mode-endless-body": ever(CHUNKED, chunk(" " * 65536)),
    "mode-endless-list": ever(CHUNKED + chunk('{"Messages": [{}'), chunk(", {}" * 16384)),
    "mode-endless-chunk-head": ever(CHUNKED, "0" * 65536, 0.05),
    "mode-cut": send(JSON, "content-length: 1000\r\n\r\n{"),
    "mode-too-short": send(JSON, "content-length: 5\r\n\r\n", '{"QueueUrl": "http://x/"}' * 100),
    "mode-two-lengths": send(JSON, "content-length: 2\r\ncontent-length: 7\r\n\r\n{}"),
    "mode-deep": send(whole("[" * 1_000_000)),
    "mode-many-values": send(whole('{"Messages": [' + "{}, " * 3_500_000 + "{}]}")),
    "mode-no-http": send(os.urandom(4096)),
    "mode-other-json": send(whole("[1, null]")),
    "mode-long-words": send(whole({"__type": "x#" + "Y" * 100_000, "message": "\x1b[2J" + "z" * 4_000_000},
                                  "400 Bad Request")),
}
MESSAGE = {"MessageId": "m", "ReceiptHandle": "h", "Body": "b", "MD5OfBody": "d", "Attributes": {}}
SHARD = {"ShardId": "shardId-0", "SequenceNumberRange": {"StartingSequenceNumber": "0"}}

def once(answer):
    """Answers so at first, and later that there is nothing."""
    answers = [answer]
    return lambda stream: stream.sendall(whole(answers.pop() if answers else {}))


# Those that are no faults of HTTP or of JSON.
MORE = {
    "mode-nothing-at-once": send(whole({})),
    "mode-too-many": once({"Messages": [MESSAGE] * 5000}),
    "mode-pages-for-ever": send(whole({"NextToken": "mode-pages-for-ever", "Shards": [
        {**SHARD, "ShardId": f"shardId-{number}"} for number in range(1000)]})),
    "mode-odd-records": send(whole({"NextShardIterator": "n", "Records": [
        {"SequenceNumber": "9" * 1_000_000, "PartitionKey": "k", "Data": ""}]})),
    "mode-too-many-records": send(whole({"NextShardIterator": "n", "Records": [
        {"SequenceNumber": "9", "PartitionKey": "k", "Data": ""}] * 5000})),
}
# What a poller should be told, so that it asks on.
GOOD = {
    "GetQueueUrl": lambda mode: {"QueueUrl": f"http://127.0.0.1/000000000000/{mode}"},
    "GetQueueAttributes": lambda mode: {"Attributes": {"VisibilityTimeout": "30"}},
    "DeleteMessageBatch": lambda mode: {"Successful": [], "Failed": []},
    "ListShards": lambda mode: {"Shards": [SHARD]},
    "GetShardIterator": lambda mode: {"ShardIterator": mode},
}


class Endpoint:
    """What is served: `good` are the operations that are answered as they should be."""

    def __init__(self, good):
        self.good, self.asked, self.open = good, {}, 0
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=256)
        print(f"http://127.0.0.1:{self.listener.getsockname()[1]}", flush=True)
        while True:
            stream, _ = self.listener.accept()
            threading.Thread(target=self.attend, args=(stream,), daemon=True).start()

    def attend(self, stream):
        self.open += 1
        try:
            with stream, stream.makefile("rb") as lines:
                while self.answer(stream, *self.read(lines)):
                    pass
        except (OSError, ValueError):
            pass
        finally:
            self.open -= 1

    def read(self, lines):
        """The operation and the mode of the next request; a word of its own asks what was asked so far."""
        first, length, target = lines.readline().decode("latin-1"), 0, ""
        while (line := lines.readline().decode("latin-1").strip()):
            name, _, value = line.partition(":")
            if name.lower() == "content-length":
                length = int(value)
            if name.lower() == "x-amz-target":
                target = value.strip().rpartition(".")[2]
        text = first + lines.read(length).decode("latin-1")
        if not (mode := re.search(r"mode-[a-z-]+", text)):
            raise ValueError(text)
        return target, mode.group()

    def answer(self, stream, operation, mode):
        if mode == "mode-what-was-asked":
            stream.sendall(whole({"open": self.open - 1, **self.asked}))
            return False
        asked = f"{mode} {operation}"
        self.asked[asked] = self.asked.get(asked, 0) + 1
        if operation in self.good:
            stream.sendall(whole(GOOD[operation](mode)))
            return True
        {**SLOW, **WRONG, **MORE}[mode](stream)
        return False


class Hostile:
    """An endpoint in a process of its own."""

    def __init__(self, *good):
        self.process = subprocess.Popen([sys.executable, __file__, *good], stdout=subprocess.PIPE, text=True)
        self.url = self.process.stdout.readline().strip()

    def asked(self):
        """How often each mode was asked for each operation, and how many connections are open."""
        with urllib.request.urlopen(f"{self.url}/mode-what-was-asked", timeout=60) as answer:
            return json.load(answer)

    def is_left_alone(self):
        return self.asked()["open"] == 0

    def end(self):
        self.process.kill()
        self.process.communicate()


if __name__ == "__main__":
    Endpoint(sys.argv[1:])
