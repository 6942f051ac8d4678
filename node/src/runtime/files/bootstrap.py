"""Warren's runtime client for Python: loads the handler and serves invocations.

Started ahead of its function, it reads its variables from descriptor 3 when it is assigned to one.
Where descriptor 3 is a socket it is a zygote: it is forked into a sandbox for each order it gets.
What a function can observe of it is as with AWS's own client; tests/e2e/test_runtime_clients.py compares the two.
"""

import sys

RUNTIME = "/var/runtime"
sys.path[:] = [entry for entry in sys.path if entry not in ("", RUNTIME)]

import os

# What these modules want to be done when this process forks: to make the locks anew that threads may
# hold. A zygote has no other threads, and each of its forks would be the longer by a tenth; they
# register it for forks of their own.
AT_FORK = []
os.register_at_fork, register_at_fork = lambda **hooks: AT_FORK.append(hooks), os.register_at_fork
import logging
import threading

os.register_at_fork = register_at_fork

import builtins
import importlib
import json
import marshal
import socket
import stat
import time
import traceback
import types


def part(name):
    """Another file of this client, which no function finds among its modules."""
    sys.path.insert(0, RUNTIME)
    try:
        return importlib.import_module(name)
    finally:
        sys.path.remove(RUNTIME)
        sys.modules.pop(name, None)


log = part("log")

try:
    import _sitebuiltins

    builtins.exit = _sitebuiltins.Quitter("exit", "Ctrl-D (i.e. EOF)")
    builtins.quit = _sitebuiltins.Quitter("quit", "Ctrl-D (i.e. EOF)")
    builtins.help = _sitebuiltins._Helper()
except ImportError:
    pass

try:
    import _multiprocessing

    class SemLock(_multiprocessing.SemLock):
        """A semaphore, for which there is no place; libraries look for the number of this error."""

        def __new__(cls, *_, **__):
            raise OSError(38, "Function not implemented")

    _multiprocessing.SemLock = SemLock
except ImportError:
    pass

VERSION = f"python{sys.version_info[0]}.{sys.version_info[1]}"
SDK = f"{RUNTIME}/sdk/{VERSION}"
# Encoders and codecs are made at first use: do that before anybody waits for it.
json.loads(json.dumps({"warm": [1, 1.5, None, True, "é"]}))
"localhost".encode("idna")

HOST, _, PORT = os.environ["AWS_LAMBDA_RUNTIME_API"].rpartition(":")
BASE = "/2018-06-01/runtime/"
NEXT = f"GET {BASE}invocation/next HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode()
# The usual answer to a response, which has nothing to be read.
ACCEPTED = (
    b"HTTP/1.1 202 Accepted\r\nContent-Type: application/json\r\nContent-Length: 16\r\n\r\n"
    b'{"status":"OK"}\n'
)
# Bytes of a response below which it cannot be refused for its size.
SURELY_TAKEN = 65536
# From 3.12 on, AWS's runtimes answer in UTF-8; those before escape what is not ASCII.
IS_ASCII = sys.version_info < (3, 12)
# A variable that tells that a wrapper has started this process, with the function's variables.
WRAPPED = "_WARREN_WRAPPED"
INIT_WARNING = (
    "LAMBDA_WARNING: Unhandled exception. The most likely cause is an issue in the function code. "
    "However, in rare cases, a Lambda runtime update can cause unexpected function behavior. "
    "For functions using managed runtimes, runtime updates can be triggered by a function change, "
    "or can be applied automatically. To determine if the runtime has been updated, check the "
    "runtime version in the INIT_START log entry. If this error correlates with a change in the "
    "runtime version, you may be able to mitigate this error by temporarily rolling back to the "
    "previous runtime version. For more information, see "
    "https://docs.aws.amazon.com/lambda/latest/dg/runtimes-update.html\r"
)


class Fault(Exception):
    """An error of the runtime's own kind."""

    def __init__(self, kind, message, trace=()):
        super().__init__(message)
        self.kind = kind
        self.message = message
        self.trace = list(trace)


class Api:
    """One connection to the Runtime API."""

    def __init__(self):
        # Without a look-up, which costs half a millisecond even for a number.
        connected = socket.socket()
        connected.connect((HOST, int(PORT)))
        connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        # An object that is left at the process's end would be warned of.
        self.connection = connected.detach()
        self.buffer = b""

    def post(self, path, body, headers="", ask=False):
        """Sends something; with `ask` it asks for the next event in the same breath."""
        head = (
            f"POST {BASE}{path} HTTP/1.1\r\nHost: {HOST}\r\n{headers}"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        self.send(head.encode() + body + (NEXT if ask else b""))
        return self.status()

    def ask(self):
        self.send(NEXT)

    def send(self, left):
        while (sent := os.write(self.connection, left)) < len(left):
            left = memoryview(left)[sent:]

    def status(self):
        """The status of an answer whose body does not matter."""
        while len(self.buffer) < len(ACCEPTED) and ACCEPTED.startswith(self.buffer):
            self.buffer += self.receive(65536)
        if self.buffer.startswith(ACCEPTED):
            self.buffer = self.buffer[len(ACCEPTED) :]
            return 202
        return self.answer()[0]

    def answer(self):
        while (end := self.buffer.find(b"\r\n\r\n")) < 0:
            self.buffer += self.receive(65536)
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
                parts.append(self.receive(min(left, 1 << 20)))
                left -= len(parts[-1])
            self.buffer = b"".join(parts)
        body = self.buffer[:length]
        self.buffer = self.buffer[length:]
        return int(head[0].split(" ")[1]), headers, body

    def receive(self, most):
        return os.read(self.connection, most) or os._exit(1)


class CognitoIdentity:
    """The caller's identity; always empty for callers without one."""

    __slots__ = ("cognito_identity_id", "cognito_identity_pool_id")

    def __init__(self, fields):
        self.cognito_identity_id = fields.get("cognitoIdentityId")
        self.cognito_identity_pool_id = fields.get("cognitoIdentityPoolId")

    def __repr__(self):
        return spell(self)


class Client:
    """The mobile client of a client context."""

    __slots__ = (
        "installation_id",
        "app_title",
        "app_version_name",
        "app_version_code",
        "app_package_name",
    )

    def __init__(self, fields):
        for name in self.__slots__:
            setattr(self, name, fields.get(name))

    def __repr__(self):
        return spell(self)


class ClientContext:
    """What the caller said of itself."""

    __slots__ = ("custom", "env", "client")

    def __init__(self, fields):
        self.custom = fields.get("custom")
        self.env = fields.get("env")
        client = fields.get("client")
        self.client = None if client is None else Client(client)

    def __repr__(self):
        return spell(self)


def spell(value, names=None):
    fields = ",".join(f"{name}={getattr(value, name)}" for name in names or value.__slots__)
    return f"{type(value).__name__}([{fields}])"


class LambdaContext:
    """What a handler is told about its invocation."""

    def __init__(self, headers):
        self.aws_request_id = headers.get("lambda-runtime-aws-request-id")
        self.log_group_name = os.environ.get("AWS_LAMBDA_LOG_GROUP_NAME")
        self.log_stream_name = os.environ.get("AWS_LAMBDA_LOG_STREAM_NAME")
        self.function_name = os.environ.get("AWS_LAMBDA_FUNCTION_NAME")
        self.memory_limit_in_mb = os.environ.get("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")
        self.function_version = os.environ.get("AWS_LAMBDA_FUNCTION_VERSION")
        self.invoked_function_arn = headers.get("lambda-runtime-invoked-function-arn")
        self.tenant_id = headers.get("lambda-runtime-aws-tenant-id")
        client_context = parse_header(headers, "client-context", "Client Context")
        self.client_context = None if client_context is None else ClientContext(client_context)
        identity = parse_header(headers, "cognito-identity", "Cognito Identity")
        self.identity = CognitoIdentity({} if identity is None else identity)
        self._epoch_deadline_time_in_ms = int(headers.get("lambda-runtime-deadline-ms", 0))

    def get_remaining_time_in_millis(self):
        return max(self._epoch_deadline_time_in_ms - int(time.time() * 1000), 0)

    def log(self, msg):
        if any(isinstance(handler, log.LambdaLoggerHandler) for handler in logging.root.handlers):
            log.print_entry(str(msg))
        else:
            sys.stdout.write(str(msg))

    def __repr__(self):
        names = (
            "aws_request_id",
            "log_group_name",
            "log_stream_name",
            "function_name",
            "memory_limit_in_mb",
            "function_version",
            "invoked_function_arn",
            "client_context",
            "identity",
            "tenant_id",
        )
        return spell(self, names)


def parse_header(headers, name, title):
    text = headers.get("lambda-runtime-" + name)
    if not text:
        return None
    try:
        return json.loads(text)
    except Exception as error:
        raise Fault(
            "Runtime.LambdaContextUnmarshalError", f"Unable to parse {title} JSON: {error}"
        ) from None


def describe(error, request):
    """The document that tells of an error."""
    if isinstance(error, Fault):
        kind, message, trace = error.kind, error.message, error.trace
    else:
        kind, message = type(error).__name__, str(error)
        # As tuples they are printed without the marks that newer versions of Python add.
        stack = [
            (frame.filename, frame.lineno, frame.name, frame.line)
            for frame in traceback.extract_tb(error.__traceback__)
        ]
        own = [at for at, frame in enumerate(stack) if "/bootstrap.py" not in frame[0]]
        trace = traceback.format_list(stack[own[0] :] if own else stack)
    return {"errorMessage": message, "errorType": kind, "requestId": request, "stackTrace": trace}


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
    try:
        module = importlib.import_module(module_name.replace("/", "."))
    except ImportError as error:
        raise Fault(
            "Runtime.ImportModuleError", f"Unable to import module '{module_name}': {error}"
        ) from error
    except SyntaxError as error:
        trace = [f'  File "{error.filename}" Line {error.lineno}\n    {error.text}']
        raise Fault(
            "Runtime.UserCodeSyntaxError", f"Syntax error in module '{module_name}': {error}", trace
        ) from error
    try:
        return getattr(module, function_name)
    except AttributeError:
        raise Fault(
            "Runtime.HandlerNotFound", f"Handler '{function_name}' missing on module '{module_name}'"
        ) from None


class Plain:
    """Makes of any result one of the types that JSON has, in the order in which AWS's client tries
    them. Numbers that Python has no literal of, as Decimals are, leave a mark where their digits go.
    """

    def __init__(self):
        self.mark = f"\0{os.urandom(16).hex()}:"
        self.digits = []
        self.open = set()

    def encode(self, value):
        text = ENCODER.encode(self.of(value))
        if not self.digits:
            return text
        import re

        pattern = json.dumps(self.mark)[:-1].replace("\\", "\\\\") + '(\\d+)"'
        return re.sub(pattern, lambda found: self.digits[int(found[1])], text)

    def of(self, value):
        if isinstance(value, (str, bool, float)):
            return value
        if isinstance(value, bytes):
            return str(value, "utf-8")
        if isinstance(value, int):
            return int(value)
        # No object of the usual types has such a method.
        fields = None if type(value) in (dict, list, tuple) else self.fields(value)
        is_list = fields is None and isinstance(value, (list, tuple))
        if fields is None:
            if not is_list and not isinstance(value, dict):
                return self.number(value)
            fields = value
        if id(value) in self.open:
            raise ValueError("Circular reference detected")
        self.open.add(id(value))
        if is_list:
            made = [each if type(each) in EXACT else self.of(each) for each in fields]
        else:
            made = {
                name if type(name) is str else self.key(name): (
                    each if type(each) in EXACT else self.of(each)
                )
                for name, each in fields.items()
            }
        self.open.remove(id(value))
        return made

    def key(self, name):
        if isinstance(name, bytes):
            return str(name, "utf-8")
        if name is None or isinstance(name, (str, int, float)):
            return name
        kind = type(name).__name__
        raise TypeError(f"keys must be str, int, float, bool or None, not {kind}")

    def fields(self, value):
        """What a namedtuple, or what is like one, holds."""
        method = getattr(value, "_asdict", None)
        if not callable(method):
            return None
        try:
            fields = method()
        except TypeError:
            return None
        if not isinstance(fields, dict):
            raise TypeError(f"_asdict() must return a dict, not {type(fields).__name__}")
        return fields

    def number(self, value):
        decimal = sys.modules.get("decimal")
        if decimal is None or not isinstance(value, decimal.Decimal):
            raise TypeError(f"Object of type {type(value).__name__} is not JSON serializable")
        if value.is_nan():
            return float("nan")
        digits = str(value)
        if digits.isdecimal():
            return int(digits)
        self.digits.append(digits)
        return f"{self.mark}{len(self.digits) - 1}"


EXACT = frozenset({str, int, float, bool, type(None)})
ENCODER = json.JSONEncoder(ensure_ascii=IS_ASCII)


def encode(value):
    """A result as JSON; bytes are taken for what has been encoded already."""
    if isinstance(value, bytes):
        return value
    try:
        try:
            # Refuses whatever is not exactly of one of Python's own types, at the speed of C.
            marshal.dumps(value, 2)
            return ENCODER.encode(value)
        except (ValueError, TypeError, RecursionError):
            return Plain().encode(value)
    except Exception as error:
        raise Fault("Runtime.MarshalError", f"Unable to marshal response: {error}") from error


def decode(body):
    try:
        return json.loads(body) if body else {}
    except Exception as error:
        raise Fault("Runtime.UnmarshalError", f"Unable to unmarshal input: {error}") from error


def serve_one(api, handler):
    """Answers the event that was asked for, and asks for the next one."""
    _, headers, body = api.answer()
    request_id = log.request_id = headers.get("lambda-runtime-aws-request-id", "")
    log.tenant_id = headers.get("lambda-runtime-aws-tenant-id")
    trace = headers.get("lambda-runtime-trace-id")
    if trace:
        os.environ["_X_AMZN_TRACE_ID"] = trace
    else:
        os.environ.pop("_X_AMZN_TRACE_ID", None)
    path = f"invocation/{request_id}/"
    document = None
    try:
        context = LambdaContext(headers)
        response = encode(handler(decode(body), context))
    except Exception as error:
        document = describe(error, request_id)
    if document is not None:
        log.print_error(document, ENCODER)
        kind = f"Lambda-Runtime-Function-Error-Type: {document['errorType']}\r\n"
        api.post(path + "error", ENCODER.encode(document).encode(), kind, ask=True)
        return
    if isinstance(response, str):
        # What UTF-8 has no bytes for ends the process, as it does on AWS.
        response = response.encode()
    if len(response) < SURELY_TAKEN:
        api.post(path + "response", response, ask=True)
        return
    if (status := api.post(path + "response", response)) >= 400:
        now = time.time_ns() // 1000000
        said = f"Failed to post handler success response. Http response code: {status}."
        print(f"[ERROR] [{now}] LAMBDA_RUNTIME {said}", file=sys.stderr)
        raise RuntimeError("Failed to post invocation response")
    api.ask()


def assignment():
    """Waits for the variables of the function that this process is to serve."""
    parts = []
    while part := os.read(3, 65536):
        parts.append(part)
    os.close(3)
    if not parts:
        os._exit(0)
    # Python adds this one where the host has not the locale; AWS's older runtimes have it.
    # Most of a zygote's forks are there already.
    known = os.environb._data
    if b"LC_CTYPE" in known:
        del os.environ["LC_CTYPE"]
    for entry in b"".join(parts).split(b"\0"):
        name, _, value = entry.partition(b"=")
        if name and known.get(name) != value:
            os.environb[name] = value


def follow_orders():
    """Is a zygote; returns in its forks, with what it has loaded ahead."""
    try:
        zygote = part("zygote")
    except ImportError:
        # This interpreter was built without what it takes: each function starts one of its own.
        os._exit(3)
    has_sdk = sys.argv[1:] == ["ahead"]
    return zygote.follow_orders(lambda: part("ahead").Ahead(SDK) if has_sdk else None)


def prepare_path():
    """Has modules looked for where AWS's runtime does."""
    user = os.environ.get("PYTHONPATH", RUNTIME)
    given = [entry for entry in user.split(":") if entry]
    standard = [entry for entry in sys.path if entry not in given]
    front = [os.environ.get("LAMBDA_TASK_ROOT", "/var/task")]
    if user == RUNTIME:
        front += [f"/opt/python/lib/{VERSION}/site-packages", "/opt/python"]
    # No finder has looked at these yet, so that none has to forget what it saw.
    sys.path[:] = front + given + standard + [SDK]
    for directory in front:
        try:
            has_lines = any(name.endswith(".pth") for name in os.listdir(directory))
        except OSError:
            continue
        if has_lines:
            import site

            site.addsitedir(directory)


def main():
    errors = "strict" if IS_ASCII else "surrogateescape"
    sys.stdout.reconfigure(encoding="utf-8", errors=errors, write_through=True)
    sys.stderr.reconfigure(encoding="utf-8", errors="backslashreplace", write_through=True)
    log.set_up()
    is_wrapped = os.environ.pop(WRAPPED, None) is not None
    ahead = None
    if not is_wrapped and stat.S_ISSOCK(os.fstat(3).st_mode):
        ahead = follow_orders()
        threading.main_thread()._set_native_id()
    for hooks in AT_FORK:
        os.register_at_fork(**hooks)
    api = Api()
    if not is_wrapped:
        assignment()
    time.tzset()
    os.chdir(os.environ.get("LAMBDA_TASK_ROOT", "/var/task"))
    prepare_path()
    if ahead:
        ahead.offer()
    log.follow_variables()
    # What a module finds as the main one is not this client.
    sys.modules["__main__"] = types.ModuleType("__main__")
    sys.argv[:] = [f"{RUNTIME}/bootstrap.py"]
    document = None
    try:
        handler = load(os.environ.get("_HANDLER", ""))
    except Exception as error:
        document = describe(error, "")
    if document is not None:
        logging.warning(INIT_WARNING)
        log.print_error(document, ENCODER)
        kind = f"Lambda-Runtime-Function-Error-Type: {document['errorType']}\r\n"
        api.post("init/error", ENCODER.encode(document).encode(), kind)
        sys.exit(1)
    api.ask()
    while True:
        serve_one(api, handler)


main()
