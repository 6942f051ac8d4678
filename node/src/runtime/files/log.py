"""What a Python function logs by `logging`, and what the client logs of its errors: entries of text,
or JSON documents where AWS_LAMBDA_LOG_FORMAT says so, from AWS_LAMBDA_LOG_LEVEL on.
"""

import json
import logging
import os
import time
import traceback

# What a record has of itself; anything else was given with it and is logged.
OWN = frozenset(
    "name msg args levelname levelno pathname filename module exc_info exc_text stack_info lineno "
    "funcName created msecs relativeCreated thread threadName processName process aws_request_id "
    "tenant_id _frame_type".split()
)
TEXT, JSON = 0x03, 0x02
DATE = "%Y-%m-%dT%H:%M:%S"
ENCODER = json.JSONEncoder(ensure_ascii=False)

# The invocation under way.
request_id = None
tenant_id = None
is_json = False


def print_entry(text, kind=TEXT):
    """Writes one log entry, of whatever lines, in a frame (see node/src/runtime/entries.rs)."""
    # No frame is longer than an entry may be, at four bytes for a character.
    for at in range(0, len(text), 65536):
        entry = text[at : at + 65536].encode("utf-8")
        now = time.time_ns() // 1000
        left = b"\xa5\x5a\x00%c%b%b%b" % (
            kind,
            len(entry).to_bytes(4, "big"),
            now.to_bytes(8, "big"),
            entry,
        )
        while left:
            left = left[os.write(1, left) :]


def level_of(record):
    return min(50, max(0, record.levelno)) // 10 * 10


class LambdaLoggerHandler(logging.Handler):
    """Writes records as Lambda shows them. What fails in that fails in who logs, as on AWS."""

    def emit(self, record):
        print_entry(self.format(record))


class LambdaLoggerHandlerWithFrameType(LambdaLoggerHandler):
    """Tells their levels, too."""

    def emit(self, record):
        text = self.format(record)
        level = level_of(record)
        kind = JSON if is_json else TEXT
        print_entry(text, kind + (4 * (level // 10 + 1) if level else 0))


class LambdaLoggerFilter(logging.Filter):
    """Gives each record the request id."""

    def filter(self, record):
        record.aws_request_id = request_id or ""
        record.tenant_id = tenant_id
        return True


class JsonFormatter(logging.Formatter):
    """Makes a document of a record."""

    def __init__(self):
        super().__init__(datefmt=DATE + "Z")

    def format(self, record):
        record.levelno = level_of(record)
        record.levelname = logging.getLevelName(record.levelno)
        error = record.exc_info or None
        known = {
            "timestamp": self.formatTime(record, self.datefmt),
            "level": record.levelname,
            "message": record.getMessage(),
            "logger": record.name,
            "stackTrace": error and traceback.format_tb(error[2]),
            "errorType": error and error[0].__name__,
            "errorMessage": error and str(error[1]),
            "requestId": getattr(record, "aws_request_id", None),
            "location": error and f"{record.pathname}:{record.funcName}:{record.lineno}",
        }
        if getattr(record, "tenant_id", None) is not None:
            known["tenantId"] = record.tenant_id
        for name, value in record.__dict__.items():
            if name not in OWN and name not in known:
                known[name] = value
        return ENCODER.encode({name: it for name, it in known.items() if it is not None}) + "\n"


def use(handler, formatter):
    """Has the root's logger write by a handler, in place of the one before."""
    for each in list(logging.root.handlers):
        if isinstance(each, LambdaLoggerHandler):
            logging.root.removeHandler(each)
    handler.setFormatter(formatter)
    handler.addFilter(LambdaLoggerFilter())
    logging.root.addHandler(handler)


def text_formatter():
    line = "[%(levelname)s]\t%(asctime)s.%(msecs)03dZ\t%(aws_request_id)s\t%(message)s\n"
    return logging.Formatter(line, DATE)


def set_up():
    """Has records logged before anything is known of the function."""
    logging.Formatter.converter = time.gmtime
    use(LambdaLoggerHandler(), text_formatter())


def follow_variables():
    """Has records logged as the function's variables say."""
    global is_json
    is_json = os.environ.get("AWS_LAMBDA_LOG_FORMAT", "").upper() == "JSON"
    level = os.environ.get("AWS_LAMBDA_LOG_LEVEL", "")
    level = "DEBUG" if level == "TRACE" else level.upper()
    if is_json or level:
        formatter = JsonFormatter() if is_json else text_formatter()
        use(LambdaLoggerHandlerWithFrameType(), formatter)
    if level in logging._nameToLevel:
        logging.root.setLevel(level)


def print_error(document, encoder):
    """Logs the document of an error."""
    if is_json:
        now = time.strftime(DATE + "Z", logging.Formatter.converter(time.time()))
        print_entry(encoder.encode({"timestamp": now, "log_level": "ERROR", **document}), 0x16)
        return
    kind, message = document["errorType"], document["errorMessage"]
    first = f"[ERROR] {kind}"
    lines = [f"{first}: {message}" if message else first, "Traceback (most recent call last):"]
    for entry in document["stackTrace"]:
        for line in entry.splitlines():
            text = line.lstrip(" ")
            lines.append("\u00a0" * (len(line) - len(text)) + text)
    print_entry("\n".join(lines), 0x17)
