"""What Python functions do, of which each is a case; run in AWS's runtime client and in Warren's."""

# Expressions that a handler returns.
RESULTS = """
None
True
0
-1
10**30
1.5
-0.0
1e100
1e-7
float("nan")
[float("inf"), -float("inf")]
""
"é"
"\\ud800"
"😀"
"\\x00\\x1f\\x7f\\u2028\\"\\\\/"
[]
{}
[[], {}, [[]]]
()
(1, (2, 3))
{"a": {"b": [1, None, True]}}
{1: 1, 2.5: 2, True: 3, None: 4, "x": 5}
{(1, 2): 3}
{b"k": b"v"}
{b"\\xff": 1}
{Decimal("1"): 1}
{E.one: 1}
Decimal("5")
Decimal("-0")
Decimal("007")
Decimal("1.50")
Decimal("1E+3")
Decimal("NaN")
Decimal("sNaN")
Decimal("-Infinity")
[Decimal("12345678901234567890.123456789"), Decimal("2"), {"d": Decimal("0.10")}]
[Decimal("0.1")] * 12
b""
b"\\x89PNG"
b'{"a": 1}'
[b"x"]
[b"\\x89"]
bytearray(b"x")
[bytearray(b"x")]
memoryview(b"x")
P(1, 2)
{"p": [P(P(1, 2), b"x")]}
[Fields()]
NoFields()
Refusing()
Mapped(a=1)
Sequence([1, P(1, 2)])
Text("é")
[Text("a"), Whole(3), Real(1.5)]
E.one
Flag.a
Word.a
Plain.a
OrderedDict(b=1, a=Decimal("3"))
defaultdict(list, a=[1])
Counter("aab")
ChainMap({"a": 1})
MappingProxyType({"a": 1})
deque([1])
range(3)
(n for n in [1])
{1, 2}
frozenset()
1j
...
object
print
handler
datetime(2020, 1, 2)
[date(2020, 1, 2)]
UUID(int=1)
Path("/x")
circular
{"a": circular}
deep(300)
dataclass
ValueError("x")
"x" * 100000
[{"id": n, "name": "é" * 5} for n in range(50)]
MagicMock
event
[event, event]
context.function_name
context.function_version
context.memory_limit_in_mb
context.invoked_function_arn
context.log_group_name
context.client_context
context.tenant_id
repr(context.identity)
context.identity.cognito_identity_id
0 < context.get_remaining_time_in_millis() <= 15000
type(context).__name__
sorted(name for name in dir(context) if not name.startswith("_"))
sys.argv
[path for path in sys.path if path.startswith(("/var/task", "/opt"))]
os.getcwd()
__name__
sys.stdout.encoding
sys.stdout.errors
sys.stderr.errors
[type(each).__name__ for each in logging.getLogger().handlers]
[type(each).__name__ for each in logging.getLogger().handlers[0].filters]
logging.getLogger().level
logging.Formatter.converter.__name__
sys.flags.utf8_mode
"__main__" in sys.modules
os.environ["_HANDLER"]
os.environ.get("PYTHONPATH") is not None
"""

# Statements that a handler runs; it returns "done" where they return nothing.
STATEMENTS = {
    "print": "print('a', 'b'); print(); print('c\\nd\\n\\ne'); print('é')",
    "print of parts": "print('a', end=''); sys.stdout.write('b'); sys.stdout.write('c\\n')",
    "print without an end": "print('open', end='')",
    "print of a zero": "print('a\\0b'); print('\\0c'); print('d')",
    "print of a carriage return": "print('a\\rb')",
    "print of a surrogate": "print('\\ud800')",
    "print to standard error": "print('e', file=sys.stderr)",
    "print of a surrogate to standard error": "print('\\ud800', file=sys.stderr)",
    "write of bytes": "sys.stdout.buffer.write(b'raw\\n'); sys.stdout.buffer.flush()",
    "write of a long line": "print('x' * 2000)",
    "log": "log.info('unseen'); log.warning('seen'); log.error('two\\nlines')",
    "log at a level": "log.setLevel('DEBUG'); log.debug('d %s', 1); log.setLevel('WARNING')",
    "log of an exception": "\ntry: 1 / 0\nexcept Exception: log.exception('it failed')",
    "log of what cannot be formatted": "log.warning('%d', 'x')",
    "log of a surrogate": "log.warning('\\ud800')",
    "log with an own handler": """
handler = logging.StreamHandler(sys.stdout)
handler.setFormatter(logging.Formatter('own %(message)s'))
log.addHandler(handler); log.warning('w'); log.removeHandler(handler)""",
    "log of another logger": "logging.getLogger('other').warning('o')",
    "log without handlers": """
saved = log.handlers[:]; log.handlers[:] = []
try: context.log('plain\\n')
finally: log.handlers[:] = saved""",
    "basicConfig": "logging.basicConfig(level='DEBUG'); log.debug('unseen')",
    "log by context": "context.log('one'); context.log('two\\n'); context.log(3)",
    "warn": "warnings.simplefilter('always'); warnings.warn('w')",
    "raise": "raise ValueError('boom')",
    "raise without a message": "raise ValueError",
    "raise of an empty message": "raise ValueError('')",
    "raise of two arguments": "raise ValueError('a', 2)",
    "raise of lines": "raise ValueError('a\\n  b\\n')",
    "raise of more than ASCII": "raise ValueError('é')",
    "raise of a surrogate": "raise ValueError('\\ud800')",
    "raise of a long message": "raise ValueError('x' * 3000)",
    "raise of an own class": "class Own(Exception): pass\nraise Own('own')",
    "raise of a key": "{}['k']",
    "raise of an error of the system": "open('/none')",
    "raise from another": "\ntry: 1 / 0\nexcept Exception as e: raise ValueError('v') from e",
    "raise of a group": "raise ExceptionGroup('g', [ValueError('a')])",
    "raise within functions": "def a(n): return 1 / 0 if not n else a(n - 1)\na(5)",
    "raise within a library": "json.loads('{')",
    "recursion": "def a(): return a()\na()",
    "raise whose text fails": """
class Bad(Exception):
    def __str__(self): raise ValueError('no text')
raise Bad()""",
    "exit": "sys.exit(3)",
    "exit without a status": "sys.exit()",
    "exit with a text": "sys.exit('bye')",
    "exit by the builtin": "exit(4)",
    "exit at once": "os._exit(5)",
    "exit at once amid a line": "print('open', end=''); os._exit(5)",
    "exit within a thread": "t = Thread(target=lambda: sys.exit(1)); t.start(); t.join()",
    "raise within a thread": "t = Thread(target=lambda: 1 / 0); t.start(); t.join()",
    "abort": "os.abort()",
    "kill": "os.kill(os.getpid(), 9)",
    "interrupt": "raise KeyboardInterrupt",
    "generator exit": "raise GeneratorExit",
    "cancelled": "import asyncio\nraise asyncio.CancelledError('c')",
    "coroutine": "async def a(): pass\nreturn a()",
    "standard output replaced": """
sys.stdout = io.StringIO(); print('lost'); log.warning('kept'); sys.stdout = sys.__stdout__""",
    "a child's output": "subprocess.run(['echo', 'child'])",
    "a trace": "return os.environ.get('_X_AMZN_TRACE_ID', '')[:5]",
    "an attribute of the context": "context.own = 1; return context.own",
    "an attribute of the identity": "context.identity.own = 1",
    "too much": "return 'x' * (6 * 1024 * 1024 + 200)",
    "too much in bytes": "return b'x' * (6 * 1024 * 1024 + 200)",
    "as much as can be": "return b'x' * (6 * 1024 * 1024 - 2)",
    "more than ASCII, much": "return 'é' * 1200000",
    "an atexit handler": "import atexit; atexit.register(print, 'at exit'); sys.exit(6)",
}

APP = """
import io, json, logging, os, subprocess, sys, warnings
from collections import ChainMap, Counter, OrderedDict, defaultdict, deque, namedtuple
from dataclasses import dataclass as made
from datetime import date, datetime
from decimal import Decimal
from enum import Enum, IntEnum, IntFlag
from pathlib import Path
from threading import Thread
from types import MappingProxyType
from unittest.mock import MagicMock
from uuid import UUID

log = logging.getLogger()
P = namedtuple("P", "x y")
E = IntEnum("E", "one")
Flag = IntFlag("Flag", "a b")
Plain = Enum("Plain", "a")
class Word(str, Enum):
    a = "word"
class Fields:
    def _asdict(self): return {"a": 1}
class NoFields:
    def _asdict(self): return 5
class Refusing:
    def _asdict(self): raise TypeError("no")
class Mapped(dict):
    def _asdict(self): return {"z": 1}
class Sequence(list): pass
class Text(str): pass
class Whole(int): pass
class Real(float): pass
@made
class Data:
    a: int = 1
dataclass = Data()
circular = []
circular.append({"again": circular})
def deep(n):
    value = []
    for _ in range(n): value = [value]
    return value

def handler(event, context):
    if "return" in event:
        return eval(event["return"], {**globals(), "event": event, "context": context})
    if "do" in event:
        names = {**globals(), "event": event, "context": context}
        lines = "".join(f"  {line}\\n" for line in event["do"].splitlines())
        exec("def case():\\n" + lines + "  return 'done'\\nresult = case()", names)
        return names["result"]
    return event
def no_arguments(): pass
def one_argument(event): return "one"
def many(event, context, third): pass
def defaults(event, context, third=3): return third
class Class:
    def __init__(self, event, context): pass
class Callable:
    def __call__(self, event, context): return "called"
called = Callable()
partial = __import__("functools").partial(handler, context=None)
number = 5
async def coroutine(event, context): return 1
"""

# Functions that are more than a case of the handler: their files, the handler, and variables.
DOCUMENTS = """
import json, logging
log = logging.getLogger("mine")
def h(e, c):
    log.debug("d"); log.info("several\\nlines"); log.warning("w %s", 1); log.error({"a": 1})
    log.critical("é", extra={"order": 5, "ü": [1], "nothing": None, "level": "mine"})
    log.log(25, "odd"); log.log(3, "low"); log.log(70, "high")
    print("printed"); print(json.dumps({"level": "DEBUG", "timestamp": "2026-01-01T00:00:00Z"}))
    log.info("stack", stack_info=True)
    c.log("by context\\n")
    try: 1 / 0
    except Exception: log.exception("caught")
"""

FUNCTIONS = {
    "no arguments": ({}, "app.no_arguments", {}),
    "one argument": ({}, "app.one_argument", {}),
    "many arguments": ({}, "app.many", {}),
    "arguments with defaults": ({}, "app.defaults", {}),
    "a class": ({}, "app.Class", {}),
    "an object that can be called": ({}, "app.called", {}),
    "a number": ({}, "app.number", {}),
    "a coroutine": ({}, "app.coroutine", {}),
    "no module": ({}, "gone.handler", {}),
    "no module in a folder": ({}, "folder/gone.handler", {}),
    "no function": ({}, "app.gone", {}),
    "no dot": ({}, "app", {}),
    "an empty module name": ({}, ".handler", {}),
    "two dots": ({}, "app..handler", {}),
    "an absolute name": ({}, "/var/task/app.handler", {}),
    "a builtin module": ({}, "sys.exit", {}),
    "a module of the library": ({}, "json.dumps", {}),
    "a folder": ({"folder/m.py": "def h(e, c): return __name__"}, "folder/m.h", {}),
    "a folder by dots": ({"folder/m.py": "def h(e, c): return __name__"}, "folder.m.h", {}),
    "a package": ({"p/__init__.py": "def h(e, c): return __file__"}, "p.h", {}),
    "a name with a dash": ({"a-b.py": "def h(e, c): return 1"}, "a-b.h", {}),
    "a module named as the client": ({"bootstrap.py": "def h(e, c): 1 / 0"}, "bootstrap.h", {}),
    "an import that fails": ({"m.py": "import nothing"}, "m.h", {}),
    "an import of a name that fails": ({"m.py": "from os import nothing"}, "m.h", {}),
    "an import that fails within": ({"m.py": "import n", "n.py": "import nothing"}, "m.h", {}),
    "a syntax error": ({"m.py": "def x(:\n  pass\n"}, "m.h", {}),
    "a syntax error within": ({"m.py": "import n", "n.py": "x = = 1\n"}, "m.h", {}),
    "an indentation error": ({"m.py": "def h(e, c):\nreturn 1\n"}, "m.h", {}),
    "bytes of no text": ({"m.py": b"x = '\xff'\n"}, "m.h", {}),
    "a zero within the code": ({"m.py": b"x = '\0'\n"}, "m.h", {}),
    "an init that raises": ({"m.py": "import os\nprint('loading')\nraise ValueError('init')"}, "m.h", {}),
    "an init that raises within": ({"m.py": "import n", "n.py": "def f():\n  1/0\nf()"}, "m.h", {}),
    "an init that raises without a message": ({"m.py": "raise RuntimeError"}, "m.h", {}),
    "an init that exits": ({"m.py": "import sys\nprint('x')\nsys.exit(9)"}, "m.h", {}),
    "an init that exits well": ({"m.py": "import sys\nsys.exit(0)"}, "m.h", {}),
    "an init that exits at once": ({"m.py": "import os\nos._exit(7)"}, "m.h", {}),
    "an init that is killed": ({"m.py": "import os\nos.kill(os.getpid(), 9)"}, "m.h", {}),
    "an init that logs": (
        {"m.py": "import logging\nlogging.getLogger().warning('at init')\ndef h(e, c): return 1"},
        "m.h",
        {},
    ),
    "an init that quiets the log": (
        {"m.py": "import logging\nlogging.getLogger().setLevel('CRITICAL')\nraise ValueError('x')"},
        "m.h",
        {},
    ),
    "an init that prints more than ASCII": ({"m.py": "print('é')\nraise ValueError('é')"}, "m.h", {}),
    "a level from the variables": (
        {"m.py": "import logging\ndef h(e, c): logging.getLogger().info('seen')"},
        "m.h",
        {"AWS_LAMBDA_LOG_LEVEL": "INFO"},
    ),
    **{
        f"documents from {level} on": ({"m.py": DOCUMENTS}, "m.h", {"LogFormat": "JSON", "ApplicationLogLevel": level})
        for level in ("TRACE", "INFO", "ERROR")
    },
    "a document of an error": ({"m.py": "def h(e, c): raise ValueError('é')"}, "m.h", {"LogFormat": "JSON"}),
    "a document of an init's error": ({"m.py": "print('x')\nraise ValueError('e')"}, "m.h", {"LogFormat": "JSON"}),
    "a document of a missing module": ({}, "gone.h", {"LogFormat": "JSON"}),
    "what no document holds": (
        {"m.py": "import logging\ndef h(e, c): logging.error('x', extra={'bad': object()})"},
        "m.h",
        {"LogFormat": "JSON"},
    ),
}
