"""Warren's runtime client for Python: loads the handler and serves invocations.

Started ahead of its function, it reads its variables from descriptor 3 when it is assigned to one.
Where descriptor 3 is a socket it is a zygote: it is forked into a sandbox for each order it gets.
"""

import sys

sys.path[:] = [entry for entry in sys.path if entry not in ("", "/var/runtime")]

import builtins
import importlib
import json
import logging
import os
import socket
import stat
import time
import traceback
import types

try:
    import _sitebuiltins

    builtins.exit = _sitebuiltins.Quitter("exit", "Ctrl-D (i.e. EOF)")
    builtins.quit = _sitebuiltins.Quitter("quit", "Ctrl-D (i.e. EOF)")
except ImportError:
    pass

# Encoders and codecs are made at first use: do that before anybody waits for it.
json.loads(json.dumps({"warm": [1, 1.5, None, True, "é"]}))
"localhost".encode("idna")

BASE = "/2018-06-01/runtime/"
NEXT = f"GET {BASE}invocation/next HTTP/1.1\r\nHost: 169.254.100.1:9001\r\n\r\n".encode()
# The usual answer to a response, which has nothing to be read.
ACCEPTED = (
    b"HTTP/1.1 202 Accepted\r\nContent-Type: application/json\r\nContent-Length: 16\r\n\r\n"
    b'{"status":"OK"}\n'
)
# Bytes of a response below which it cannot be refused for its size.
SURELY_TAKEN = 65536
OWN_FILE = __file__


class Fault(Exception):
    """An error of the runtime's own kind."""

    def __init__(self, kind, message, trace=None):
        super().__init__(message)
        self.kind = kind
        self.message = message
        self.trace = trace or []


class Api:
    """One connection to the Runtime API."""

    def __init__(self):
        # Without a look-up, which costs half a millisecond even for a number.
        self.socket = socket.socket()
        self.socket.connect(("169.254.100.1", 9001))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.buffer = b""

    def post(self, path, body, headers="", ask=False):
        """Sends something; with `ask` it asks for the next event in the same breath."""
        head = (
            f"POST {BASE}{path} HTTP/1.1\r\nHost: 169.254.100.1:9001\r\n{headers}"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        self.socket.sendall(head.encode() + body + (NEXT if ask else b""))
        return self.status()

    def status(self):
        """The status of an answer whose body does not matter."""
        while len(self.buffer) < len(ACCEPTED) and ACCEPTED.startswith(self.buffer):
            self.receive()
        if self.buffer.startswith(ACCEPTED):
            self.buffer = self.buffer[len(ACCEPTED) :]
            return 202
        return self.answer()[0]

    def answer(self):
        while (end := self.buffer.find(b"\r\n\r\n")) < 0:
            self.receive()
        head = self.buffer[:end].decode("utf-8", "replace").split("\r\n")
        self.buffer = self.buffer[end + 4 :]
        headers = {}
        for line in head[1:]:
            name, _, value = line.partition(":")
            headers[name.lower()] = value.strip()
        length = int(headers.get("content-length", 0))
        if len(self.buffer) < length:
            parts = [self.buffer]
            left = length - len(self.buffer)
            while left:
                part = self.socket.recv(min(left, 1 << 20))
                if not part:
                    os._exit(1)
                parts.append(part)
                left -= len(part)
            self.buffer = b"".join(parts)
        body = self.buffer[:length]
        self.buffer = self.buffer[length:]
        return int(head[0].split(" ")[1]), headers, body

    def receive(self):
        part = self.socket.recv(65536)
        if not part:
            os._exit(1)
        self.buffer += part


class CognitoIdentity:
    """The caller's identity; always empty for callers without one."""

    def __init__(self):
        self.cognito_identity_id = None
        self.cognito_identity_pool_id = None

    def __repr__(self):
        return (
            f"{type(self).__name__}([cognito_identity_id={self.cognito_identity_id},"
            f"cognito_identity_pool_id={self.cognito_identity_pool_id}])"
        )


class Client:
    """The mobile client of a client context."""

    def __init__(self, fields):
        for name in (
            "installation_id",
            "app_title",
            "app_version_name",
            "app_version_code",
            "app_package_name",
        ):
            setattr(self, name, fields.get(name))


class ClientContext:
    """What the caller said of itself."""

    def __init__(self, fields):
        self.custom = fields.get("custom")
        self.env = fields.get("env")
        client = fields.get("client")
        self.client = Client(client) if isinstance(client, dict) else None


class LambdaContext:
    """What a handler is told about its invocation."""

    def __init__(self, headers, deadline):
        self._deadline = deadline
        self.aws_request_id = headers.get("lambda-runtime-aws-request-id")
        self.log_group_name = os.environ.get("AWS_LAMBDA_LOG_GROUP_NAME")
        self.log_stream_name = os.environ.get("AWS_LAMBDA_LOG_STREAM_NAME")
        self.function_name = os.environ.get("AWS_LAMBDA_FUNCTION_NAME")
        self.memory_limit_in_mb = os.environ.get("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")
        self.function_version = os.environ.get("AWS_LAMBDA_FUNCTION_VERSION")
        self.invoked_function_arn = headers.get("lambda-runtime-invoked-function-arn")
        self.tenant_id = headers.get("lambda-runtime-aws-tenant-id")
        context = headers.get("lambda-runtime-client-context")
        self.client_context = None
        if context:
            fields = json.loads(context)
            self.client_context = ClientContext(fields) if isinstance(fields, dict) else None
        self.identity = CognitoIdentity()

    def get_remaining_time_in_millis(self):
        return max(self._deadline - int(time.time() * 1000), 0)

    def log(self, message):
        sys.stdout.write(str(message))
        sys.stdout.flush()

    def __repr__(self):
        return (
            f"LambdaContext([aws_request_id={self.aws_request_id},"
            f"log_group_name={self.log_group_name},log_stream_name={self.log_stream_name},"
            f"function_name={self.function_name},memory_limit_in_mb={self.memory_limit_in_mb},"
            f"function_version={self.function_version},"
            f"invoked_function_arn={self.invoked_function_arn},"
            f"client_context={self.client_context},identity={self.identity},"
            f"tenant_id={self.tenant_id}])"
        )


request_id = ""


class Handler(logging.Handler):
    """Writes records as Lambda shows them."""

    def emit(self, record):
        try:
            print_entry(self.format(record))
        except Exception:
            self.handleError(record)


class Filter(logging.Filter):
    """Gives each record the request id."""

    def filter(self, record):
        record.aws_request_id = request_id
        return True


def print_entry(text):
    """Prints one log entry; a line that begins with NUL continues the one before it."""
    sys.stdout.flush()
    sys.stdout.write(text.rstrip("\n").replace("\n", "\n\0") + "\n")
    sys.stdout.flush()


def set_up_logging():
    handler = Handler()
    formatter = logging.Formatter(
        "[%(levelname)s]\t%(asctime)s.%(msecs)03dZ\t%(aws_request_id)s\t%(message)s",
        "%Y-%m-%dT%H:%M:%S",
    )
    formatter.converter = time.gmtime
    handler.setFormatter(formatter)
    handler.addFilter(Filter())
    logging.root.addHandler(handler)


def frames(error):
    """The stack of an error as text, without this file's frames at its beginning."""
    stack = traceback.extract_tb(error.__traceback__)
    skipped = 0
    while skipped < len(stack) and (
        stack[skipped].filename == OWN_FILE or stack[skipped].filename.startswith("<frozen importlib")
        or stack[skipped].filename.endswith("/importlib/__init__.py")
    ):
        skipped += 1
    # As plain as AWS's, without the marks below a line that newer versions of Python add.
    return [
        f'  File "{frame.filename}", line {frame.lineno}, in {frame.name}\n'
        + (f"    {frame.line}\n" if frame.line else "")
        for frame in stack[skipped:]
    ]


def describe(error, request):
    if isinstance(error, Fault):
        kind, message, trace = error.kind, error.message, error.trace
    else:
        kind, message, trace = type(error).__name__, str(error), frames(error)
    return {"errorMessage": message, "errorType": kind, "requestId": request, "stackTrace": trace}


def print_error(document):
    lines = [f"[ERROR] {document['errorType']}: {document['errorMessage']}"]
    lines.append("Traceback (most recent call last):")
    text = "\n".join(lines) + "\n" + "".join(document["stackTrace"])
    print_entry(text)


def load(name):
    try:
        module_name, function_name = name.rsplit(".", 1)
    except ValueError as error:
        raise Fault("Runtime.MalformedHandlerName", f"Bad handler '{name}': {error}") from None
    if module_name.split(".")[0] in sys.builtin_module_names:
        raise Fault(
            "Runtime.BuiltInModuleConflict",
            f"Cannot use built-in module {module_name} as a handler module",
        )
    dotted = module_name.replace("/", ".")
    try:
        module = importlib.import_module(dotted)
    except ImportError as error:
        raise Fault(
            "Runtime.ImportModuleError", f"Unable to import module '{module_name}': {error}"
        ) from error
    except SyntaxError as error:
        trace = [f'  File "{error.filename}" Line {error.lineno}\n    {(error.text or "").strip()}\n']
        raise Fault(
            "Runtime.UserCodeSyntaxError",
            f"Syntax error in module '{module_name}': {error}",
            trace,
        ) from error
    try:
        return getattr(module, function_name)
    except AttributeError:
        raise Fault(
            "Runtime.HandlerNotFound",
            f"Handler '{function_name}' missing on module '{module_name}'",
        ) from None


def default(value):
    import decimal

    if isinstance(value, decimal.Decimal):
        return float(value)
    raise TypeError(f"Object of type {type(value).__name__} is not JSON serializable")


ENCODER = json.JSONEncoder(ensure_ascii=False, default=default)


def encode(value):
    try:
        return ENCODER.encode(value).encode("utf-8")
    except Exception as error:
        raise Fault(
            "Runtime.MarshalError", f"Unable to marshal response: {error}"
        ) from error


def decode(body):
    try:
        return json.loads(body) if body else {}
    except Exception as error:
        raise Fault("Runtime.UnmarshalError", f"Unable to unmarshal input: {error}") from error


def serve_one(api, handler):
    """Answers the event that was asked for, and asks for the next one."""
    global request_id
    _, headers, body = api.answer()
    request_id = headers.get("lambda-runtime-aws-request-id", "")
    trace = headers.get("lambda-runtime-trace-id")
    if trace:
        os.environ["_X_AMZN_TRACE_ID"] = trace
    else:
        os.environ.pop("_X_AMZN_TRACE_ID", None)
    path = f"invocation/{request_id}/"
    try:
        context = LambdaContext(headers, int(headers.get("lambda-runtime-deadline-ms", 0)))
        response = encode(handler(decode(body), context))
    except Exception as error:
        document = describe(error, request_id)
        print_error(document)
        sys.stderr.flush()
        kind = f"Lambda-Runtime-Function-Error-Type: {document['errorType']}\r\n"
        api.post(path + "error", json.dumps(document).encode(), kind, ask=True)
        return
    sys.stdout.flush()
    sys.stderr.flush()
    if len(response) < SURELY_TAKEN:
        api.post(path + "response", response, ask=True)
        return
    if api.post(path + "response", response) == 413:
        print_entry(f"[ERROR] RequestEntityTooLarge: response of {len(response)} bytes")
    api.socket.sendall(NEXT)


def assignment():
    """Waits for the variables of the function that this process is to serve."""
    parts = []
    while part := os.read(3, 65536):
        parts.append(part)
    os.close(3)
    if not parts:
        os._exit(0)
    for entry in b"".join(parts).split(b"\0"):
        name, _, value = entry.partition(b"=")
        if name:
            os.environb[name] = value


class Orders:
    """What a zygote is told: which sandboxes to fork itself into, and by which system calls."""

    EVENTS = 4
    CLONE_NEWPID = 0x20000000
    EXECUTING, FAILED, EXITED = 0, 1, 2
    CLONE_STAGE = 1

    def __init__(self):
        import ctypes
        import select
        import signal
        import struct

        self.ctypes, self.signal, self.struct = ctypes, signal, struct
        self.syscall = ctypes.CDLL(None, use_errno=True).syscall
        self.syscall.restype = ctypes.c_long
        self.syscall.argtypes = [ctypes.c_long] * 7
        self.socket = socket.socket(fileno=3)
        self.parsed = {}
        self.running = {}
        self.woken, wake = os.pipe()
        os.set_blocking(wake, False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
        self.poll = select.poll()
        self.poll.register(self.woken, select.POLLIN)
        self.poll.register(self.socket, select.POLLIN)

    def tell(self, kind, sandbox, small=0, stamp=0):
        event = self.struct.pack("<IiQ8Q", kind, small, sandbox, *[stamp] * 8)
        os.write(self.EVENTS, event)

    def follow(self):
        """Forks for as long as it is told to; returns in the forks, each in its sandbox."""
        self.socket.send(b"\1")
        while True:
            for descriptor, _ in self.poll.poll():
                if descriptor == self.woken:
                    self.bury()
                elif self.take():
                    return

    def bury(self):
        os.read(self.woken, 4096)
        while self.running:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if not pid:
                return
            sandbox = self.running.pop(pid)
            self.tell(self.EXITED, sandbox, status)
            self.socket.send(self.struct.pack("<Q", sandbox))

    def take(self):
        """Takes one order; true in the fork that it leads to."""
        packet, control, _, _ = self.socket.recvmsg(1 << 17, socket.CMSG_SPACE(16 * 4))
        if not packet:
            os._exit(0)
        numbers = memoryview(control[0][2]).cast("i")
        sandbox, setns, count = self.struct.unpack_from("<QQQ", packet)
        places = self.struct.unpack_from(f"<{count}Q", packet, 24)
        given = dict(zip(places, numbers))
        given[places[-1]] = self.EVENTS
        given[places[-2]] = 0
        calls = self.calls(packet[24 + 8 * count :])
        first = given[places[count - 3]]
        try:
            if self.syscall(setns, first, self.CLONE_NEWPID, 0, 0, 0, 0):
                raise OSError(self.ctypes.get_errno(), "setns")
            pid = os.fork()
        except OSError as error:
            self.tell(self.FAILED | self.CLONE_STAGE << 8, sandbox, error.errno)
            self.socket.send(self.struct.pack("<Q", sandbox))
            pid = -1
        if pid == 0:
            self.become(sandbox, given, calls)
            return True
        for number in numbers:
            os.close(number)
        if pid > 0:
            self.running[pid] = sandbox
        return False

    def calls(self, packet):
        """The calls of an order, which are the same in most: each with its number, its stage, and
        its arguments, of which some are known only then: their places, and whether each is a
        descriptor that is given or the result of an earlier call."""
        known = self.parsed.get(packet)
        if known is not None:
            return known
        unpack = self.struct.unpack_from
        count, at = unpack("<Q", packet, 4)[0], 12
        calls = []
        for _ in range(count):
            number, stage, length = unpack("<3Q", packet, at)
            at += 24
            constant, arguments = [0] * 6, []
            for place in range(length):
                kind, value, size = unpack("<QQI", packet, at)
                at += 20
                content = packet[at : at + size]
                at += size
                if kind == 1 or kind == 2:
                    arguments.append((place, kind == 1, value))
                else:
                    constant[place] = value if kind == 0 else self.address(content, kind == 4)
            calls.append((number, stage, constant, arguments))
        self.parsed[packet] = calls
        return calls

    def address(self, content, is_filter):
        """An address at which the bytes stay, or a filter of them."""
        buffer = self.ctypes.create_string_buffer(content, len(content))
        self.parsed[id(buffer)] = buffer
        address = self.ctypes.addressof(buffer)
        if is_filter:
            return self.address(self.struct.pack("@HP", len(content) // 8, address), False)
        return address

    def become(self, sandbox, given, calls):
        """Makes this fork the main process of its sandbox, without any privilege."""
        self.signal.set_wakeup_fd(-1)
        self.signal.signal(self.signal.SIGCHLD, self.signal.SIG_DFL)
        results = []
        for number, stage, values, arguments in calls:
            for place, is_given, value in arguments:
                values[place] = given[value] if is_given else results[value]
            result = self.syscall(number, *values)
            if result < 0:
                self.tell(self.FAILED | stage << 8, sandbox, self.ctypes.get_errno())
                os._exit(127)
            results.append(result)
        self.tell(self.EXECUTING, sandbox, stamp=time.monotonic_ns())
        # The assignment is where the orders were.
        self.socket.detach()
        os.close(self.EVENTS)
        os.close(self.EVENTS + 1)


def follow_orders():
    """Is a zygote; returns in its forks."""
    try:
        orders = Orders()
    except ImportError:
        # This interpreter was built without what it takes: each function starts one of its own.
        os._exit(3)
    import gc

    gc.collect()
    gc.freeze()
    orders.follow()


def prepare_path():
    root = os.environ.get("LAMBDA_TASK_ROOT", "/var/task")
    version = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    front = [root]
    for entry in os.environ.get("PYTHONPATH", "").split(":"):
        if entry and entry != "/var/runtime":
            front.append(entry)
    layers = [f"/opt/python/lib/{version}/site-packages", "/opt/python"]
    # No finder has looked at these yet, so that none has to forget what it saw.
    sys.path[:] = front + [each for each in layers if os.path.isdir(each)] + sys.path


def main():
    sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace", line_buffering=True)
    sys.stderr.reconfigure(encoding="utf-8", errors="backslashreplace", line_buffering=True)
    set_up_logging()
    if stat.S_ISSOCK(os.fstat(3).st_mode):
        follow_orders()
    api = Api()
    assignment()
    time.tzset()
    os.chdir(os.environ.get("LAMBDA_TASK_ROOT", "/var/task"))
    prepare_path()
    # What a module finds as the main one is not this client.
    sys.modules["__main__"] = types.ModuleType("__main__")
    sys.argv[:] = [""]
    try:
        handler = load(os.environ.get("_HANDLER", ""))
    except Exception as error:
        document = describe(error, "")
        print_error(document)
        sys.stderr.flush()
        kind = f"Lambda-Runtime-Function-Error-Type: {document['errorType']}\r\n"
        api.post("init/error", json.dumps(document).encode(), kind)
        sys.exit(1)
    api.socket.sendall(NEXT)
    while True:
        serve_one(api, handler)


main()
