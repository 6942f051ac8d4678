"""What Node.js functions do, of which each is a case; run in AWS's runtime client and in Warren's."""

# Expressions that an asynchronous handler returns.
RESULTS = """
undefined
null
true
0
-0
1e21
NaN
Infinity
10n
[10n]
Symbol("s")
() => 1
[() => 1, undefined, Symbol("s")]
""
"é😀"
"\\ud800"
"\\u2028\\u0000\\x7f"
[]
{}
[[], {}, [1, [2]]]
{ a: undefined, b: null, c: { d: 1 } }
new Date(0)
new Date(NaN)
new Map([[1, 2]])
new Set([1])
new Uint8Array([1, 2])
Buffer.from("x")
new Error("e")
new (class A { constructor() { this.a = 1; } get b() { return 2; } })()
{ toJSON() { return "j"; } }
{ toJSON() { throw new Error("no json"); } }
{ toJSON() { return undefined; } }
circular
Object.create(null)
new Proxy({}, { ownKeys() { throw new Error("p"); } })
new Proxy({}, {})
/x/
"x".repeat(100000)
Promise.resolve(5)
{ then: 5 }
event
context.functionName
context.functionVersion
context.memoryLimitInMB
context.logGroupName
context.invokedFunctionArn
context.clientContext
context.identity
context.tenantId
Object.keys(context)
Object.keys(JSON.parse(JSON.stringify(context)))
typeof context.getRemainingTimeInMillis()
context.getRemainingTimeInMillis() > 0 && context.getRemainingTimeInMillis() <= 15000
context.awsRequestId === process.env.NOTHING
context.callbackWaitsForEmptyEventLoop
typeof awslambda.streamifyResponse
Object.keys(awslambda)
process.argv.length
process.cwd()
require.main === undefined
require.main === module
typeof require
__filename
module.parent === undefined
module.paths
typeof console.fatal
console.log === console.info
process.env._HANDLER
process.listenerCount("uncaughtException")
process.listenerCount("unhandledRejection")
process.listenerCount("beforeExit")
typeof globalThis[Symbol.for("aws.lambda.runtime.requestId")]
typeof gc
"""

# Statements of an asynchronous handler.
ASYNC = {
    "log": "console.log('a', { b: [1, { c: { d: 1 } }] }, 5n); console.info('i'); console.warn('w')",
    "log of lines": "console.log('two\\nlines\\n\\nand'); console.log('\\n')",
    "log of nothing": "console.log(); console.log('')",
    "log by a format": "console.log('%s %d %j %o', 'a', 1, { x: 1 }, [1])",
    "log at all levels": "for (const it of ['trace','debug','log','info','warn','error','fatal']) console[it](it)",
    "log of an error": "const e = new Error('m'); e.stack = 'S\\n  at x'; console.error(e); console.error('t', e)",
    "log of a zero": "console.log('a\\0b'); console.log('\\0c')",
    "log of a surrogate": "console.log('\\ud800')",
    "log of much": "console.log('x'.repeat(3000))",
    "log of a table": "console.table([{ a: 1 }]); console.dir({ a: 1 }); console.count(); console.assert(false, 'no')",
    "log in groups": "console.group('g'); console.log('in\\nside'); console.groupEnd()",
    "log of a tab": "console.log('a\\tb\\rc')",
    "log by another": "console.error = (...all) => process.stdout.write(`own ${all[0]}\\n`); throw new Error('m')",
    "write": "process.stdout.write('raw\\n\\nmore\\n'); process.stderr.write('e\\n')",
    "write without an end": "process.stdout.write('open')",
    "throw": "throw new TypeError('boom')",
    "throw of a text": "throw 'text'",
    "throw of a number": "throw 5",
    "throw of nothing": "throw undefined",
    "throw of null": "throw null",
    "throw of false": "throw false",
    "throw of an empty text": "throw ''",
    "throw of an object": "throw { a: 1 }",
    "throw of an object like an error": "throw { name: 'N', message: 'M', stack: 'S' }",
    "throw of an object almost like an error": "throw { name: 'N', message: '', stack: 'S' }",
    "throw of an array": "throw [1, 2]",
    "throw of a function": "throw () => 1",
    "throw of a big number": "throw 10n",
    "throw of a symbol": "throw Symbol('s')",
    "throw of an object without a prototype": "throw Object.create(null)",
    "throw of a circular error": "const e = new Error('m'); e.self = e; throw e",
    "throw of an error with a big number": "const e = new Error('m'); e.big = 10n; throw e",
    "throw of an error with properties": "const e = new Error('m'); Object.assign(e, { a: { b: 1 }, u: undefined, code: 'C' }); throw e",
    "throw of an error with errors": "const e = new Error('m'); e.inner = new TypeError('i'); e.inner.stack = 'S\\ns'; throw e",
    "throw of an error with a cause": "throw new Error('m', { cause: new Error('c') })",
    "throw of an error whose message is a number": "const e = new Error('m'); e.message = 5; throw e",
    "throw of an error whose name is a number": "const e = new Error('m'); e.name = 5; throw e",
    "throw of an error whose stack is a number": "const e = new Error('m'); e.stack = 5; throw e",
    "throw of an error without a name": "const e = new Error('m'); e.name = undefined; throw e",
    "throw of an error with an empty name": "const e = new Error('m'); e.name = ''; throw e",
    "throw of an error without a message": "throw new Error()",
    "throw of an error without a stack": "const e = new Error('m'); e.stack = undefined; throw e",
    "throw of an error with an empty stack": "const e = new Error('m'); e.stack = ''; throw e",
    "throw of an error whose stack is deleted": "const e = new Error('m'); delete e.stack; throw e",
    "throw of lines": "throw new Error('a\\nb')",
    "throw of more than ASCII": "throw new Error('é😀\\x7f')",
    "throw of a surrogate": "throw new Error('\\ud800')",
    "throw of an own class": "class Own extends Error { constructor(m) { super(m); this.name = 'Own'; this.own = 1; } } throw new Own('o')",
    "throw of an own class without a name": "class Own extends Error {} throw new Own('o')",
    "throw of an aggregate": "throw new AggregateError([new Error('a')], 'agg')",
    "throw of a proxy": "throw new Proxy(new Error('m'), { get() { throw new Error('p') } })",
    "throw of an error of another realm": "throw require('vm').runInNewContext('new RangeError(\"vm\")')",
    "throw of an error of the system": "require('fs').readFileSync('/none')",
    "throw of an error of a failed assertion": "require('assert').equal(1, 2)",
    "throw of an error as axios's": "await new Promise((_, no) => { const r = require('http').get('http://127.0.0.1:1/'); r.on('error', (e) => { e.request = r; no(e); }) })",
    "rejection after some time": "await new Promise((_, no) => setTimeout(no, 5, new Error('late')))",
    "a timer that runs on": "const t = setInterval(() => {}, 1000); t; return 'now'",
    "never": "await new Promise(() => {})",
    "never after a while": "await new Promise((r) => setTimeout(r, 5)); await new Promise(() => {})",
    "callback": "callback(null, 'c')",
    "callback and a result": "callback(null, 'c'); return 'r'",
    "callback and never": "callback(null, 'c'); await new Promise(() => {})",
    "callback with an error": "callback(new Error('c')); return 'r'",
    "succeed": "context.succeed('s'); return 'r'",
    "fail": "context.fail(new Error('f')); return 'r'",
    "a thenable": "return { then(yes) { yes('t') } }",
    "a thenable that fails": "return { then(_, no) { no(new Error('t')) } }",
    "exit": "process.exit(3)",
    "exit well": "process.exit(0)",
    "exit later": "process.exitCode = 4; return 1",
    "abort": "process.abort()",
    "kill": "process.kill(process.pid, 9); await new Promise(() => {})",
    "an error that nobody handles": "setTimeout(() => { throw new Error('timer') }, 1); await new Promise((r) => setTimeout(r, 500))",
    "an error of lines that nobody handles": "setTimeout(() => { const e = new Error('a\\nb'); e.code = 'C'; throw e }, 1); await new Promise((r) => setTimeout(r, 500))",
    "a text that nobody handles": "setTimeout(() => { throw 'text' }, 1); await new Promise((r) => setTimeout(r, 500))",
    "nothing that nobody handles": "setTimeout(() => { throw null }, 1); await new Promise((r) => setTimeout(r, 500))",
    "a rejection that nobody handles": "Promise.reject(new Error('r')); await new Promise((r) => setTimeout(r, 500))",
    "a rejection with a text": "Promise.reject('r'); await new Promise((r) => setTimeout(r, 500))",
    "a rejection with nothing": "Promise.reject(); await new Promise((r) => setTimeout(r, 500))",
    "an error in a handler of errors": "process.once('uncaughtException', () => console.log('mine')); setTimeout(() => { throw new Error('u') }, 1); await new Promise((r) => setTimeout(r, 500))",
    "an event without listener": "new (require('events'))().emit('error', new Error('e'))",
    "a module that is missing": "require('nothing')",
    "a module that is missing, imported": "await import('nothing')",
    "too much": "return 'x'.repeat(6 * 1024 * 1024 + 200)",
    "more than ASCII": "return 'é'.repeat(1200000)",
    "a trace": "return (process.env._X_AMZN_TRACE_ID || '').slice(0, 5)",
    "a child's output": "require('child_process').execFileSync('echo', ['child'], { stdio: 'inherit' })",
}

# Statements of a handler that is not asynchronous.
CALLED = {
    "callback": "callback(null, 'c')",
    "callback without a result": "callback()",
    "callback later": "setTimeout(callback, 5, null, 'late')",
    "callback twice": "callback(null, 1); callback(null, 2)",
    "callback, then an error": "callback(null, 1); callback(new Error('2'))",
    "callback, then throw": "callback(null, 1); throw new Error('after')",
    "callback with an error": "callback(new Error('c'))",
    "callback with a text": "callback('text')",
    "callback with a text of lines": "callback('a\\nb')",
    "callback with false": "callback(false)",
    "callback with an empty text": "callback('')",
    "callback with an object": "callback({ a: 1 })",
    "callback with undefined and a result": "callback(undefined, 'r')",
    "callback with a circular result": "const a = {}; a.a = a; callback(null, a)",
    "callback with a circular result at once": "context.callbackWaitsForEmptyEventLoop = false; const a = {}; a.a = a; callback(null, a)",
    "callback while something runs": "setTimeout(() => console.log('late'), 20); callback(null, 'c')",
    "callback while something runs, at once": "context.callbackWaitsForEmptyEventLoop = false; setInterval(() => {}, 1000); callback(null, 'c')",
    "callback with an error while something runs": "setInterval(() => {}, 1000); callback(new Error('c'))",
    "waiting set late": "callback(null, 1); context.callbackWaitsForEmptyEventLoop = false",
    "done": "context.done(null, 's')",
    "done while something runs": "setInterval(() => {}, 1000); context.done(null, 's')",
    "done with an error": "context.done(new Error('d'), 's')",
    "done without anything": "context.done()",
    "succeed while something runs": "setInterval(() => {}, 1000); context.succeed('s')",
    "succeed without a result": "context.succeed()",
    "succeed with a big number": "context.succeed(10n)",
    "succeed twice": "context.succeed(1); context.succeed(2)",
    "succeed, then fail": "context.succeed(1); context.fail(new Error('2'))",
    "succeed, then callback": "context.succeed(1); callback(null, 2)",
    "callback, then succeed": "callback(null, 1); context.succeed(2)",
    "fail while something runs": "setInterval(() => {}, 1000); context.fail(new Error('x'))",
    "fail without an error": "context.fail()",
    "fail with null": "context.fail(null)",
    "fail with a text": "context.fail('text')",
    "throw": "throw new Error('sync')",
    "throw of null": "throw null",
    "throw of undefined": "throw undefined",
    "throw while something runs": "setInterval(() => {}, 1000); throw new Error('sync')",
    "nothing": "",
    "a result": "return 'r'",
    "nothing while something runs": "setTimeout(() => console.log('late'), 20)",
    "a promise": "return Promise.resolve('p')",
    "a promise that fails": "return Promise.reject(new Error('p'))",
    "a promise and a callback": "callback(null, 'c'); return Promise.resolve('p')",
    "a promise that never settles": "return new Promise(() => {})",
    "the loop": "return context.callbackWaitsForEmptyEventLoop",
    "the loop by Object.keys": "callback(null, Object.keys(context))",
    "a context that is spread": "callback(null, Object.keys({ ...context }))",
}

# What callbacks wait for; from Node.js 24 on nobody does, and it is a race whether it is seen.
WAITED_FOR = ("callback while something runs", "nothing while something runs")

STREAMED = {
    "write": "stream.write('a'); stream.write('b'); stream.end()",
    "end with a part": "stream.write('a'); stream.end('b')",
    "end with nothing": "stream.end()",
    "write of an object": "stream.write({ a: 1 }); stream.end()",
    "write of bytes": "stream.write(Buffer.from('b')); stream.write(new Uint8Array([65])); stream.end()",
    "a content type": "stream.setContentType('text/plain'); stream.write('t'); stream.end()",
    "a prelude": "stream = awslambda.HttpResponseStream.from(stream, { statusCode: 201 }); stream.write('t'); stream.end()",
    "a pipeline": "await require('stream/promises').pipeline(require('stream').Readable.from(['x', 'y']), stream)",
    "a pipe": "require('stream').Readable.from(['x', 'y']).pipe(stream); await new Promise((r) => setTimeout(r, 50))",
    "a result": "stream.end('x'); return 5",
    "much": "for (let n = 0; n < 100; n++) stream.write('x'.repeat(1000)); stream.end()",
    "an end later": "setTimeout(() => stream.end('late'), 20)",
}

APP = """
// So that no frame of a function is missing for how many the clients have.
Error.stackTraceLimit = 50;
const circular = {};
circular.again = { circular };
const run = (text, names) => new Function(...Object.keys(names), 'require', 'module', '__filename', `return (${text})`)(
  ...Object.values(names), require, module, __filename);
// A parameter that is named fails the init from Node.js 24 on, where nobody is called back.
exports.handler = async (event, context, ...more) => {
  const [callback] = more;
  const names = { event, context, callback, circular };
  if (event.return) return run(event.return, names);
  return run(`(async () => { ${event.do} })()`, names);
};
exports.called = (event, context, ...[callback]) => run(`(() => { ${event.do} })()`, { event, context, callback });
exports.streamed = awslambda.streamifyResponse(async (event, stream, context) => run(`(async () => { ${event.do} })()`, { stream, context }));
exports.calledBack = (event, context, callback) => callback(null, 'back');
exports.nested = { deep: { handler: async () => 'nested' } };
exports.number = 5;
exports.zero = 0;
exports.none = (event) => 'none';
exports.streamsWithoutPromise = awslambda.streamifyResponse((event, stream) => { stream.end('x'); });
class Bound { constructor() { this.x = 'bound'; } async handler() { return this?.x ?? 'unbound'; } }
exports.bound = new Bound();
"""

MODULE = '{"type":"module"}'
# Functions that are more than a case of the handler: their files, the handler, and variables.
DOCUMENTS = """
class Own extends Error { constructor(m) { super(m); this.more = { a: 1 }; } }
const circular = {}; circular.again = circular;
console.log('at init');
const deeds = [
  () => {
    console.trace('t'); console.debug('d %s', 1); console.info({ a: [1], b: undefined }); console.warn('w', { c: 2 });
    console.error(new Own('e')); console.fatal('f');
    console.log(); console.log(undefined); console.log(null); console.log(5); console.log(10n); console.log(circular);
  },
  () => {
    console.error('with', new Own('e'));
    console.log('several\\nlines'); console.log('a', 1, null, circular); console.log(Symbol('s')); console.log(() => 1);
    console.log({ message: 'm', level: 'DEBUG', toJSON() { return { level: 'x' }; } });
    process.stdout.write('written\\n');
    process.stdout.write(JSON.stringify({ level: 'DEBUG', timestamp: '2026-01-01T00:00:00Z' }) + '\\n');
    const odd = new Error('no stack'); odd.stack = 5; console.error(odd); console.error('x', odd);
  },
  () => { console.error(new Own('first'), 'second'); console.error({ error: new Own('within') }); },
];
exports.h = async ({ n }) => deeds[n]();
"""

FUNCTIONS = {
    "nested": ({}, "app.nested.deep.handler", {}),
    "a method": ({}, "app.bound.handler", {}),
    "a number": ({}, "app.number", {}),
    "a zero": ({}, "app.zero", {}),
    "a result without a promise": ({}, "app.none", {}),
    "no module": ({}, "gone.handler", {}),
    "no module in a folder": ({}, "folder/gone.handler", {}),
    "no function": ({}, "app.gone", {}),
    "no function within": ({}, "app.gone.more", {}),
    "a handler with a callback": ({}, "app.calledBack", {}),
    "a function's function": ({"m.js": "module.exports = () => 1; module.exports['x'] = async () => 'x'"}, "m.x", {}),
    "no dot": ({}, "app", {}),
    "a dot at the end": ({}, "app.", {}),
    "a dot at the beginning": ({}, ".app", {}),
    "two dots": ({}, "app..handler", {}),
    "a way up": ({}, "../task/app.handler", {}),
    "an absolute name": ({}, "/var/task/app.none", {}),
    "a folder": ({"folder/m.js": "exports.h = async () => __filename"}, "folder/m.h", {}),
    "a folder as a module": ({"m/index.js": "exports.h = async () => __filename"}, "m.h", {}),
    "a folder beside a file": ({"m/x.txt": "", "m.js": "exports.h = async () => 1"}, "m.h", {}),
    "a file without an extension": ({"m": "exports.h = async () => 1"}, "m.h", {}),
    "a package": ({"node_modules/m/index.js": "exports.h = async () => __filename"}, "m.h", {}),
    "two files": ({"m.js": "exports.h = async () => 'js'", "m.mjs": "export const h = async () => 'mjs'"}, "m.h", {}),
    "a cjs file": ({"m.cjs": "exports.h = async () => 'cjs'"}, "m.h", {}),
    "an ES module": ({"m.mjs": "export const h = async (e) => [typeof require, import.meta.url]"}, "m.h", {}),
    "an ES module that awaits": ({"m.mjs": "const x = await Promise.resolve(7); export const h = async () => x"}, "m.h", {}),
    "an ES module's default": ({"m.mjs": "export default { h: async () => 1 }"}, "m.h", {}),
    "an ES module's default by its name": ({"m.mjs": "export default async () => 1"}, "m.default", {}),
    "an ES module by package.json": ({"m.js": "export const h = async () => 1", "package.json": MODULE}, "m.h", {}),
    "a package.json that is broken": ({"m.js": "exports.h = async () => 1", "package.json": "{"}, "m.h", {}),
    "a package.json above": ({"a/m.js": "export const h = async () => 1", "package.json": MODULE}, "a/m.h", {}),
    "a package.json between": ({"a/m.js": "exports.h = async () => 1", "a/package.json": "{}", "package.json": MODULE}, "a/m.h", {}),
    "ES syntax without a sign": ({"m.js": "export const h = async () => 1"}, "m.h", {}),
    "an import that fails": ({"m.js": "require('nothing')"}, "m.h", {}),
    "an import that fails within": ({"m.js": "require('./n')", "n.js": "require('nothing')"}, "m.h", {}),
    "an import that fails in an ES module": ({"m.mjs": "import 'nothing'"}, "m.h", {}),
    "an import of a name that fails": ({"m.mjs": "import { nothing } from 'fs'"}, "m.h", {}),
    "an import of a file that fails": ({"m.mjs": "import './n.mjs'"}, "m.h", {}),
    "a syntax error": ({"m.js": "exports.h = (;"}, "m.h", {}),
    "a syntax error within": ({"m.js": "require('./n')", "n.js": "const const"}, "m.h", {}),
    "a syntax error in an ES module": ({"m.mjs": "export const const"}, "m.h", {}),
    "bad JSON": ({"m.js": "require('./n.json')", "n.json": "{"}, "m.h", {}),
    "an init that throws": ({"m.js": "console.log('loading'); throw new TypeError('init')"}, "m.h", {}),
    "an init that throws a text": ({"m.js": "throw 'init'"}, "m.h", {}),
    "an init that throws nothing": ({"m.js": "throw undefined"}, "m.h", {}),
    "an init that throws a circular error": ({"m.js": "const e = new Error('c'); e.e = e; throw e"}, "m.h", {}),
    "an init of an ES module that throws": ({"m.mjs": "throw new TypeError('init')"}, "m.h", {}),
    "an init that rejects": ({"m.js": "Promise.reject(new Error('no database')); exports.h = async () => 1"}, "m.h", {}),
    "an init that rejects with a text": ({"m.js": "Promise.reject('no'); exports.h = async () => 1"}, "m.h", {}),
    "an init that throws later": ({"m.js": "process.nextTick(() => { throw new Error('tick') }); exports.h = async () => 1"}, "m.h", {}),
    "an init that exits": ({"m.js": "console.log('x'); process.exit(9)"}, "m.h", {}),
    "an init that exits well": ({"m.js": "process.exit(0)"}, "m.h", {}),
    "an init that never ends": ({"m.mjs": "await new Promise(() => {}); export const h = 1"}, "m.h", {}),
    "an init that logs": ({"m.js": "console.log('at init'); exports.h = async () => 1"}, "m.h", {}),
    "a streaming handler without a promise": ({}, "app.streamsWithoutPromise", {}),
    "a level from the variables": (
        {"m.js": "exports.h = async () => { console.info('i'); console.warn('w'); console.fatal('f') }"},
        "m.h",
        {"AWS_LAMBDA_LOG_LEVEL": "WARN"},
    ),
    **{
        f"documents from {level} on": ({"m.js": DOCUMENTS}, "m.h", {"LogFormat": "JSON", "ApplicationLogLevel": level})
        for level in ("TRACE", "INFO", "ERROR")
    },
    "a document of an error": ({"m.js": "exports.h = async () => { const e = new TypeError('é'); e.code = 5; throw e }"}, "m.h", {"LogFormat": "JSON"}),
    "a document of a text": ({"m.js": "exports.h = async () => { throw 'text' }"}, "m.h", {"LogFormat": "JSON"}),
    "a document of an init's error": ({"m.js": "console.log('x'); throw new Error('init')"}, "m.h", {"LogFormat": "JSON"}),
    "no global": ({"m.js": "exports.h = async () => typeof awslambda"}, "m.h", {"AWS_LAMBDA_NODEJS_NO_GLOBAL_AWSLAMBDA": "1"}),
    "options": ({"m.js": "exports.h = async () => process.execArgv.includes('x')"}, "m.h", {"NODE_OPTIONS": "--trace-warnings"}),
}
