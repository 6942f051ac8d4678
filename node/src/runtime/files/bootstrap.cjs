// Warren's runtime client for Node.js: loads the handler and serves invocations. Started ahead
// of its function, it reads its variables from descriptor 3 when it is assigned to one.
//
// What a function can observe of it is as with AWS's own client, of which there are two: up to
// Node.js 22 handlers may be called back, and a faulty invocation does not end the process; from
// 24 on handlers are asynchronous and the process ends as Node.js itself would have it.
'use strict';

const fs = require('node:fs');
const net = require('node:net');
const util = require('node:util');

const {
  HAS_CALLBACKS, describe, errorPost, InvalidStreamingOperation, JSONStringifyError, PlatformError,
  UnhandledPromiseRejection,
} = require('./errors.cjs');
const {
  CLIENT, STREAMING, load, offerStreaming,
} = require('./load.cjs');
const {
  REQUEST_ID, TENANT_ID, patchConsole, printError,
} = require('./log.cjs');
const { PROTECTED_KEYS, store } = require('./store.cjs');

// A variable that tells that a wrapper has started this process, with the function's variables.
const WRAPPED = '_WARREN_WRAPPED';
const [, HOST, PORT] = /^(.*):(\d+)$/.exec(process.env.AWS_LAMBDA_RUNTIME_API);
const BASE = '/2018-06-01/runtime/';
const NEXT = [`GET ${BASE}invocation/next HTTP/1.1\r\nHost: ${HOST}\r\n\r\n`];
// Characters of a response below which it cannot be refused for its size.
const SURELY_TAKEN = 65536;

/** One connection to the Runtime API, which answers in the order of what it is asked. */
class Api {
  constructor() {
    this.socket = net.connect({ host: HOST, port: Number(PORT), noDelay: true });
    this.buffer = Buffer.alloc(0);
    this.waiting = [];
    this.socket.on('data', (part) => {
      this.buffer = this.buffer.length ? Buffer.concat([this.buffer, part]) : part;
      while (this.advance());
    });
    const gone = () => process.exit(1);
    this.socket.on('error', gone);
    this.socket.on('end', gone);
  }

  /** Takes one answer from what has arrived; whether there was one. */
  advance() {
    if (!this.head) {
      const end = this.buffer.indexOf('\r\n\r\n');
      if (end < 0) return false;
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
    if (this.buffer.length < length) return false;
    const answer = { ...this.head, body: this.buffer.subarray(0, length).toString('utf8') };
    this.buffer = this.buffer.subarray(length);
    this.head = null;
    this.waiting.shift()(answer);
    return true;
  }

  /** Sends a request whose answer `heard` is told, which keeps the process alive until then. */
  ask(request, heard) {
    this.socket.ref();
    this.waiting.push((answer) => {
      this.socket.unref();
      heard(answer);
    });
    for (const part of request) this.socket.write(part);
  }

  /** Sends a request whose answer does not matter. */
  post(target, body, headers = '') {
    this.waiting.push(() => {});
    for (const part of this.spell(target, body, headers)) this.socket.write(part);
  }

  /** Sends a request and waits until it is answered, while all else stands still. */
  postAndWait(target, body, headers) {
    const { fd } = this.socket._handle;
    const pause = new Int32Array(new SharedArrayBuffer(4));
    const again = (deed) => {
      for (;;) {
        try {
          return deed();
        } catch (error) {
          if (error.code !== 'EAGAIN') return 0;
          Atomics.wait(pause, 0, 0, 1);
        }
      }
    };
    const request = Buffer.from(this.spell(target, body, headers).join(''));
    for (let at = 0; at < request.length;) at += again(() => fs.writeSync(fd, request, at)) || Infinity;
    const answer = Buffer.alloc(4096);
    again(() => fs.readSync(fd, answer));
  }

  spell(target, body, headers = '') {
    const head = `POST ${BASE}${target} HTTP/1.1\r\nHost: ${HOST}\r\n${headers}`
      + `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n`;
    return typeof body === 'string' ? [head + body] : [head, body];
  }
}

function stringify(result) {
  let text;
  try {
    text = JSON.stringify(result === undefined ? null : result);
  } catch {
    const message = 'Unable to stringify response body';
    throw HAS_CALLBACKS ? new Error(message) : new JSONStringifyError(message);
  }
  // Of a function or a symbol JSON makes nothing; AWS's client refuses it in these words.
  if (text === undefined) throw new TypeError('Wrong arguments');
  return text;
}

function parseHeader(text, header, name) {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch (error) {
    if (HAS_CALLBACKS) throw new Error(`Cannot parse ${name} as json: ${error}`);
    throw new PlatformError(`Failed to parse ${header} as JSON: ${error.message}`);
  }
}

/** What a handler is told about its invocation. */
function contextOf(headers) {
  const deadline = Number(headers['lambda-runtime-deadline-ms']);
  const functionVersion = process.env.AWS_LAMBDA_FUNCTION_VERSION;
  const functionName = process.env.AWS_LAMBDA_FUNCTION_NAME;
  const ofFunction = {
    ...(HAS_CALLBACKS ? { functionVersion, functionName } : { functionName, functionVersion }),
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
  };
  const parsed = (header, name) => parseHeader(headers[header], header, name);
  const ofRequest = {
    clientContext: parsed('lambda-runtime-client-context', 'ClientContext'),
    identity: parsed('lambda-runtime-cognito-identity', 'CognitoIdentity'),
    invokedFunctionArn: headers['lambda-runtime-invoked-function-arn'],
    awsRequestId: headers['lambda-runtime-aws-request-id'],
    tenantId: headers['lambda-runtime-aws-tenant-id'],
    ...(HAS_CALLBACKS ? {} : { xRayTraceId: headers['lambda-runtime-trace-id'] }),
    getRemainingTimeInMillis: () => deadline - Date.now(),
  };
  return HAS_CALLBACKS ? { ...ofFunction, ...ofRequest } : { ...ofRequest, ...ofFunction };
}

const isPromise = (value) => typeof value?.then === 'function';

/** Serves invocations, one at a time. */
class Server {
  constructor(api) {
    this.api = api;
    // The invocation that has not been answered.
    this.current = null;
    // What is to be done when nothing is left to happen.
    this.onEmpty = () => {};
    this.isEnding = false;
  }

  next() {
    if (this.isEnding) return;
    // In a turn of its own, so that stacks do not show how the event came.
    this.api.ask(NEXT, (answer) => Promise.resolve(answer).then((it) => this.serve(it)).catch((error) => {
      if (!HAS_CALLBACKS) throw error;
      console.log(`Unexpected Top Level Error: ${error}`);
      this.end(129, error);
    }));
  }

  serve({ headers, body }) {
    const id = headers['lambda-runtime-aws-request-id'];
    const trace = headers['lambda-runtime-trace-id'];
    if (trace) process.env._X_AMZN_TRACE_ID = trace;
    else delete process.env._X_AMZN_TRACE_ID;
    this.current = id;
    if (!HAS_CALLBACKS) {
      const known = { [PROTECTED_KEYS.REQUEST_ID]: id, [PROTECTED_KEYS.X_RAY_TRACE_ID]: trace };
      return store.run(known, () => (this.handler[STREAMING] ? this.stream : this.await).call(this, id, headers, body));
    }
    globalThis[REQUEST_ID] = id;
    globalThis[TENANT_ID] = headers['lambda-runtime-aws-tenant-id'];
    return (this.handler[STREAMING] ? this.stream : this.callBack).call(this, id, headers, body);
  }

  /** Answers, then asks for the next event: in the same breath, or once what the handler still does
   * in this turn is done, which may be its end. */
  finish(answer, isInOneBreath) {
    this.api.socket.cork();
    try {
      const isAsked = answer();
      if (isAsked) return;
      if (isInOneBreath) this.next();
      else setImmediate(() => this.next());
    } finally {
      this.api.socket.uncork();
    }
  }

  /** Sends a response; whether the next event is asked for when it is known to have been taken. */
  respond(id, body) {
    if (this.isEnding) return true;
    this.current = null;
    const target = `invocation/${id}/response`;
    if (body.length < SURELY_TAKEN) {
      this.api.post(target, body);
      return false;
    }
    this.api.ask(this.api.spell(target, body), ({ status }) => {
      if (status >= 400) {
        const said = `Failed to post handler success response. Http response code: ${status}.`;
        process.stderr.write(`[ERROR] [${Date.now()}] LAMBDA_RUNTIME ${said}\n`);
      }
      this.next();
    });
    return true;
  }

  fail(id, error) {
    if (this.isEnding) return true;
    printError('Invoke Error', error);
    this.current = null;
    const { document, headers } = errorPost(error);
    this.api.post(`invocation/${id}/error`, document, headers);
    return false;
  }

  /** Calls a handler that may answer by its result, by callback or by its context. */
  callBack(id, headers, body) {
    let waits = true;
    let isAnswered = false;
    let isFinished = false;
    let isPromised = false;
    const once = (deed) => (...given) => {
      if (isFinished) return;
      deed(...given);
      isFinished = true;
    };
    const complete = (result) => {
      if (isAnswered) {
        console.error('Invocation has already been reported as done. Cannot call complete more than once per invocation.');
        return;
      }
      isAnswered = true;
      this.finish(() => this.respond(id, stringify(result)), isPromised);
    };
    const refuse = (error) => this.finish(() => this.fail(id, error), isPromised);
    const isSet = (error) => error !== undefined && error !== null;
    const end = (error, result) => {
      this.onEmpty = () => {};
      if (isSet(error)) refuse(error);
      else complete(result);
    };
    const callback = once((error, result) => {
      this.onEmpty = () => {};
      if (isSet(error)) refuse(error);
      else if (waits) this.onEmpty = () => setImmediate(() => complete(result));
      else complete(result);
    });
    const context = {
      get callbackWaitsForEmptyEventLoop() {
        return waits;
      },
      set callbackWaitsForEmptyEventLoop(value) {
        waits = value;
      },
      succeed: once((result) => end(null, result)),
      fail: once((error) => end(isSet(error) ? error : 'handled')),
      done: once(end),
    };
    this.onEmpty = () => {
      isAnswered = true;
      this.finish(() => this.respond(id, 'null'), true);
    };
    try {
      const event = JSON.parse(body);
      const result = this.handler(event, Object.assign(context, contextOf(headers)), callback);
      isPromised = isPromise(result);
      if (isPromised) result.then(context.succeed, context.fail).catch(context.fail);
    } catch (error) {
      callback(error);
    }
  }

  /** Calls a handler that answers by its result. */
  async await(id, headers, body) {
    const event = JSON.parse(body);
    const context = contextOf(headers);
    let answer;
    try {
      const result = await this.handler(event, context);
      await new Promise(setImmediate);
      const text = stringify(result);
      answer = () => this.respond(id, text);
    } catch (error) {
      await new Promise(setImmediate);
      answer = () => this.fail(id, error);
    }
    this.finish(answer, true);
  }

  /** Calls a handler that writes its response to a stream. */
  async stream(id, headers, body) {
    const { responseStream } = require('./streaming.cjs');
    const { stream, content } = responseStream(InvalidStreamingOperation);
    let waits = HAS_CALLBACKS;
    const context = HAS_CALLBACKS
      ? {
        get callbackWaitsForEmptyEventLoop() {
          return waits;
        },
        set callbackWaitsForEmptyEventLoop(value) {
          waits = value;
        },
      }
      : {};
    let answer;
    const unfinished = 'Response stream is not finished.';
    const problem = (text) => (HAS_CALLBACKS ? text : new Error(text));
    if (HAS_CALLBACKS) {
      this.onEmpty = () => {
        const isWhole = stream.writableFinished;
        this.finish(() => (isWhole ? this.respond(id, content()) : this.fail(id, unfinished)), true);
      };
    }
    try {
      const event = JSON.parse(body);
      const result = this.handler(event, stream, Object.assign(context, contextOf(headers)));
      if (!isPromise(result)) throw problem('Streaming does not support non-async handlers.');
      if ((await result) !== undefined) console.warn('Streaming handlers ignore return values.');
      if (!stream.writableFinished) {
        await new Promise((resolve) => stream.once('finish', resolve));
      }
      answer = () => this.respond(id, content());
    } catch (error) {
      waits = false;
      answer = () => this.fail(id, error);
    }
    this.onEmpty = () => {};
    if (!waits) this.finish(answer, true);
    else if (!answer()) this.onEmpty = () => setImmediate(() => this.next());
  }

  /** Ends the process for an error, which goes to the invocation that it happened in. */
  end(status, error) {
    if (this.isEnding) return;
    this.isEnding = true;
    const target = this.handler ? this.current && `invocation/${this.current}/error` : 'init/error';
    // Who has been answered hears of nothing more.
    if (!target) process.exit(status);
    const { document, headers } = errorPost(error);
    this.api.postAndWait(target, document, headers);
    process.exit(status);
  }

  /** Watches for errors that nobody handles, and for when nothing is left to happen. */
  watch() {
    process.on('uncaughtException', (error) => {
      printError('Uncaught Exception', error);
      this.end(129, error);
    });
    process.on('unhandledRejection', (reason, promise) => {
      const error = new UnhandledPromiseRejection(reason, promise);
      printError('Unhandled Promise Rejection', error);
      this.end(128, error);
    });
    process.on('beforeExit', () => {
      const { onEmpty } = this;
      this.onEmpty = () => {};
      onEmpty();
    });
    // A module that waits for what never comes ends the process.
    this.onEmpty = () => process.exit(13);
  }

  async start() {
    if (HAS_CALLBACKS) this.watch();
    this.api.socket.unref();
    try {
      const root = process.env.LAMBDA_TASK_ROOT ?? '/var/task';
      const handler = await load(root, process.env._HANDLER ?? '');
      // What the module has rejected fails its init, before there is an event.
      await new Promise(setImmediate);
      this.handler = handler;
      this.onEmpty = () => {};
    } catch (error) {
      printError(HAS_CALLBACKS ? 'Uncaught Exception' : 'Init Error', error);
      if (HAS_CALLBACKS) return this.end(129, error);
      const { document, headers } = errorPost(error);
      this.api.postAndWait('init/error', document, headers);
      throw error;
    }
    return this.next();
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
      // Who is started ahead has it, and its function only where it is given it.
      delete process.env.NODE_EXTRA_CA_CERTS;
      for (const entry of Buffer.concat(parts).toString('utf8').split('\0')) {
        const at = entry.indexOf('=');
        if (at > 0) process.env[entry.slice(0, at)] = entry.slice(at + 1);
      }
      resolve();
    });
  });
}

async function main() {
  const isWrapped = process.env[WRAPPED] !== undefined;
  delete process.env[WRAPPED];
  const api = new Api();
  // Compiled at first use otherwise, when somebody waits for it.
  describe(new Error('warm'));
  util.format('%s %o', 'warm', {});
  JSON.parse(JSON.stringify({ time: new Date().toISOString() }));
  if (!isWrapped) await assignment();
  process.chdir(process.env.LAMBDA_TASK_ROOT ?? '/var/task');
  // AWS's client is an ES module, of which `require.main` knows nothing.
  process.mainModule = undefined;
  process.argv[1] = CLIENT;
  patchConsole();
  offerStreaming();
  await new Server(api).start();
}

main();
