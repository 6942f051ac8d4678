// Warren's runtime client for Node.js: loads the handler and serves invocations. Started ahead
// of its function, it reads its variables from descriptor 3 when it is assigned to one.
'use strict';

const fs = require('node:fs');
const net = require('node:net');
const path = require('node:path');
const util = require('node:util');
const { pathToFileURL } = require('node:url');

const BASE = '/2018-06-01/runtime/';
const NEXT = `GET ${BASE}invocation/next HTTP/1.1\r\nHost: 169.254.100.1:9001\r\n\r\n`;
// Characters of a response below which it cannot be refused for its size.
const SURELY_TAKEN = 65536;
let requestId;

/** One connection to the Runtime API. */
class Api {
  constructor() {
    this.socket = net.connect({ host: '169.254.100.1', port: 9001, noDelay: true });
    this.buffer = Buffer.alloc(0);
    this.waiting = null;
    this.socket.on('data', (part) => {
      this.buffer = this.buffer.length ? Buffer.concat([this.buffer, part]) : part;
      this.advance();
    });
    const gone = () => process.exit(1);
    this.socket.on('error', gone);
    this.socket.on('end', gone);
  }

  advance() {
    if (!this.waiting) return;
    if (!this.head) {
      const end = this.buffer.indexOf('\r\n\r\n');
      if (end < 0) return;
      const [first, ...lines] = this.buffer.subarray(0, end).toString('utf8').split('\r\n');
      const headers = {};
      for (const line of lines) {
        const colon = line.indexOf(':');
        headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
      }
      this.head = { status: Number(first.split(' ')[1]), headers };
      this.buffer = this.buffer.subarray(end + 4);
    }
    const length = Number(this.head.headers['content-length'] ?? 0);
    if (this.buffer.length < length) return;
    const answer = { ...this.head, body: this.buffer.subarray(0, length) };
    this.buffer = this.buffer.subarray(length);
    this.head = null;
    const resolve = this.waiting;
    this.waiting = null;
    this.socket.unref();
    resolve(answer);
  }

  /** Asks for the next event, which is the next answer. */
  ask() {
    this.socket.write(NEXT);
  }

  /** The next answer. */
  answer() {
    this.socket.ref();
    return new Promise((resolve) => {
      this.waiting = resolve;
      this.advance();
    });
  }

  /** Sends something, and gives its answer; with `ask` it asks for the next event at once. */
  post(target, body, headers = '', ask = false) {
    const head = `POST ${BASE}${target} HTTP/1.1\r\nHost: 169.254.100.1:9001\r\n${headers}`
      + `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n`;
    this.socket.write(`${head}${body}${ask ? NEXT : ''}`);
    return this.answer();
  }
}

/** An error of the runtime's own kind. */
class Fault extends Error {
  constructor(kind, message, stack) {
    super(message);
    this.name = kind;
    if (stack) this.stack = stack;
  }
}

const LEVELS = {
  log: 'INFO', info: 'INFO', debug: 'DEBUG', warn: 'WARN', error: 'ERROR', trace: 'TRACE',
};

/** Writes one log entry at once; a line that begins with NUL continues the one before it. */
function print(level, text) {
  const entry = `${new Date().toISOString()}\t${requestId}\t${level}\t${text}`;
  const bytes = Buffer.from(`${entry.replace(/\n/g, '\n\0')}\n`);
  let at = 0;
  while (at < bytes.length) {
    try {
      at += fs.writeSync(1, bytes, at);
    } catch (error) {
      if (error.code !== 'EAGAIN') return;
    }
  }
}

function patchConsole() {
  for (const [method, level] of Object.entries(LEVELS)) {
    console[method] = (...values) => {
      let text = util.format(...values);
      if (method === 'trace') {
        text = `Trace: ${text}\n${new Error().stack.split('\n').slice(2).join('\n')}`;
      }
      print(level, text);
    };
  }
}

function describe(error) {
  if (util.types.isNativeError(error) || error instanceof Error) {
    return {
      errorType: error.name?.replace(/\x7F/g, '%7F') ?? 'UnknownError',
      errorMessage: error.message?.replace(/\x7F/g, '%7F') ?? '',
      trace: (error.stack ?? '').replace(/\x7F/g, '%7F').split('\n'),
    };
  }
  return { errorType: typeof error, errorMessage: String(error), trace: [] };
}

function printError(title, error) {
  const { errorType, errorMessage, trace } = describe(error);
  const own = error instanceof Error ? { ...error } : {};
  delete own.name;
  print('ERROR', `${title} \t${JSON.stringify({ errorType, errorMessage, ...own, stack: trace })}`);
}

function isFile(name) {
  try {
    return fs.statSync(name).isFile();
  } catch {
    return false;
  }
}

async function loadModule(root, name) {
  const base = path.resolve(root, name);
  const failed = (error) => {
    if (error instanceof SyntaxError) {
      return new Fault('Runtime.UserCodeSyntaxError', `SyntaxError: ${error.message}`, error.stack);
    }
    if (['MODULE_NOT_FOUND', 'ERR_MODULE_NOT_FOUND'].includes(error?.code)) {
      return new Fault('Runtime.ImportModuleError', `Error: ${error.message}`, error.stack);
    }
    return error;
  };
  try {
    if (isFile(base) || isFile(`${base}.js`)) {
      const file = isFile(`${base}.js`) ? `${base}.js` : base;
      try {
        return require(file);
      } catch (error) {
        if (error?.code !== 'ERR_REQUIRE_ESM' && !isModuleSyntax(error, file)) throw error;
        return await import(pathToFileURL(file).href);
      }
    }
    if (isFile(`${base}.mjs`)) return await import(pathToFileURL(`${base}.mjs`).href);
    if (isFile(`${base}.cjs`)) return require(`${base}.cjs`);
    return require(require.resolve(name, { paths: [root, ...module.paths] }));
  } catch (error) {
    if (error?.code === 'MODULE_NOT_FOUND' && !isFile(`${base}.js`) && !isFile(`${base}.cjs`)) {
      throw new Fault(
        'Runtime.ImportModuleError',
        `Error: Cannot find module '${path.basename(name)}'\nRequire stack:\n- /var/runtime/index.mjs`,
      );
    }
    throw failed(error);
  }
}

/** Whether a `.js` file failed only for being a module by its package.json. */
function isModuleSyntax(error, file) {
  if (!(error instanceof SyntaxError)) return false;
  for (let dir = path.dirname(file); ; dir = path.dirname(dir)) {
    const manifest = path.join(dir, 'package.json');
    if (isFile(manifest)) {
      try {
        return JSON.parse(fs.readFileSync(manifest, 'utf8')).type === 'module';
      } catch {
        return false;
      }
    }
    if (dir === path.dirname(dir)) return false;
  }
}

async function load(handler) {
  const root = process.env.LAMBDA_TASK_ROOT ?? '/var/task';
  if (handler.includes('..')) {
    throw new Fault(
      'Runtime.MalformedHandlerName',
      `'${handler}' is not a valid handler name. Use absolute paths when specifying root directories in handler names.`,
    );
  }
  const file = path.basename(handler);
  const [, name, nested] = /^([^.]*)\.(.*)$/.exec(file) ?? [];
  if (!name || !nested) throw new Fault('Runtime.MalformedHandlerName', 'Bad handler');
  const loaded = await loadModule(root, path.join(path.dirname(handler), name));
  const find = (from) => nested.split('.').reduce((value, key) => value?.[key], from);
  const found = find(loaded) ?? find(loaded?.default);
  if (found === undefined || found === null) {
    throw new Fault('Runtime.HandlerNotFound', `${handler} is undefined or not exported`);
  }
  if (typeof found !== 'function') {
    throw new Fault('Runtime.HandlerNotFound', `${handler} is not a function`);
  }
  return found;
}

function parse(text) {
  return text === undefined ? undefined : JSON.parse(text);
}

/** Calls the handler; settles with its result once Lambda would end the invocation. */
function call(handler, event, headers) {
  return new Promise((resolve, reject) => {
    const deadline = Number(headers['lambda-runtime-deadline-ms']);
    let waits = true;
    let settled = null;
    let promised = false;
    const onIdle = () => {
      if (settled) return settled();
      if (promised) {
        reject(new Fault('Runtime.NodejsExit', 'the handler\'s promise was never settled', ''));
      } else {
        resolve(null);
      }
    };
    const settle = (deed) => {
      if (settled) return;
      settled = () => {
        process.removeListener('beforeExit', onIdle);
        deed();
      };
      if (promised || !waits) settled();
    };
    const done = (error, result) => settle(() => (error ? reject(error) : resolve(result)));
    const context = {
      get callbackWaitsForEmptyEventLoop() {
        return waits;
      },
      set callbackWaitsForEmptyEventLoop(value) {
        waits = value;
      },
      functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
      functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
      memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
      logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
      logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
      clientContext: parse(headers['lambda-runtime-client-context']),
      identity: parse(headers['lambda-runtime-cognito-identity']),
      invokedFunctionArn: headers['lambda-runtime-invoked-function-arn'],
      awsRequestId: requestId,
      getRemainingTimeInMillis: () => deadline - Date.now(),
      done,
      succeed: (result) => done(null, result),
      fail: (error) => done(error ?? 'handled'),
    };
    process.on('beforeExit', onIdle);
    try {
      const result = handler(event, context, done);
      if (typeof result?.then === 'function') {
        promised = true;
        result.then(
          (value) => settle(() => resolve(value)),
          (error) => settle(() => reject(error)),
        );
      }
    } catch (error) {
      waits = false;
      settle(() => reject(error));
    }
  });
}

/** Answers the event that was asked for, and asks for the next one. */
async function serveOne(api, handler) {
  const { headers, body } = await api.answer();
  requestId = headers['lambda-runtime-aws-request-id'];
  const trace = headers['lambda-runtime-trace-id'];
  if (trace) process.env._X_AMZN_TRACE_ID = trace;
  else delete process.env._X_AMZN_TRACE_ID;
  let response;
  try {
    const event = body.length ? JSON.parse(body.toString('utf8')) : {};
    const result = await call(handler, event, headers);
    try {
      response = JSON.stringify(result === undefined ? null : result) ?? 'null';
    } catch (error) {
      throw new Fault('Runtime.MarshalError', `Unable to stringify response body: ${error.message}`);
    }
  } catch (error) {
    printError('Invoke Error', error);
    const ends = error instanceof Fault && error.name === 'Runtime.NodejsExit';
    await postError(api, `invocation/${requestId}/error`, error, !ends);
    if (ends) process.exit(1);
    return;
  }
  const ask = response.length < SURELY_TAKEN;
  await api.post(`invocation/${requestId}/response`, response, '', ask);
  if (!ask) api.ask();
}

function postError(api, target, error, ask = false) {
  const document = describe(error);
  const kind = document.errorType.replace(/[\r\n]/g, ' ');
  const headers = `Lambda-Runtime-Function-Error-Type: ${kind}\r\n`;
  return api.post(target, JSON.stringify(document), headers, ask);
}

/** Fatal errors go to the invocation that they happened in, then end the process. */
function watchFatal(api) {
  const end = (status) => async (error) => {
    const wrapped = status === 128
      ? new Fault('Runtime.UnhandledPromiseRejection', String(error), error?.stack)
      : error;
    printError(status === 128 ? 'Unhandled Promise Rejection' : 'Uncaught Exception', wrapped);
    const target = requestId ? `invocation/${requestId}/error` : 'init/error';
    api.waiting = null;
    await postError(api, target, wrapped);
    process.exit(status);
  };
  process.on('uncaughtException', end(129));
  process.on('unhandledRejection', end(128));
}

function assign(text) {
  for (const entry of text.split('\0')) {
    const at = entry.indexOf('=');
    if (at > 0) process.env[entry.slice(0, at)] = entry.slice(at + 1);
  }
}

/** Waits for the variables of the function that this process is to serve. */
function assignment() {
  return new Promise((resolve) => {
    const parts = [];
    const stream = new net.Socket({ fd: 3, readable: true, writable: false });
    stream.on('data', (part) => parts.push(part));
    stream.on('end', () => {
      if (!parts.length) process.exit(0);
      resolve(Buffer.concat(parts).toString('utf8'));
    });
  });
}

async function main() {
  const api = new Api();
  // Compiled at first use otherwise, when somebody waits for it.
  describe(new Error('warm'));
  util.format('%s %o', 'warm', {});
  JSON.parse(JSON.stringify({ time: new Date().toISOString() }));
  assign(await assignment());
  process.chdir(process.env.LAMBDA_TASK_ROOT ?? '/var/task');
  patchConsole();
  watchFatal(api);
  let handler;
  try {
    handler = await load(process.env._HANDLER ?? '');
  } catch (error) {
    printError('Uncaught Exception', error);
    await postError(api, 'init/error', error);
    process.exit(1);
  }
  api.ask();
  for (;;) await serveOne(api, handler);
}

main();
