// What a Node.js function logs by `console`, and what the client logs of its errors: entries of
// text, or JSON documents where AWS_LAMBDA_LOG_FORMAT says so, from AWS_LAMBDA_LOG_LEVEL on.
'use strict';

const fs = require('node:fs');
const util = require('node:util');

const { HAS_CALLBACKS, describe } = require('./errors.cjs');
const { store } = require('./store.cjs');

const REQUEST_ID = Symbol.for('aws.lambda.runtime.requestId');
const TENANT_ID = Symbol.for('aws.lambda.runtime.tenantId');
// Bytes of the longest log entry.
const MAX_ENTRY = 256 * 1024;
const LEVELS = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];
const TEXT = 0xa55a0003;
const JSON_TEXT = 0xa55a0002;

let isJson = false;

const requestId = () => (HAS_CALLBACKS ? globalThis[REQUEST_ID] : store.getRequestId());
const tenantId = () => (HAS_CALLBACKS ? globalThis[TENANT_ID] : store.getTenantId());

/** Writes one log entry, of whatever lines, in frames (see node/src/runtime/entries.rs). */
function print(kind, level, time, text) {
  const entry = Buffer.from(text);
  for (let at = 0; at < entry.length; at += MAX_ENTRY) {
    const part = entry.subarray(at, at + MAX_ENTRY);
    const frame = Buffer.allocUnsafe(16 + part.length);
    frame.writeUInt32BE(kind + 4 * (level + 1));
    frame.writeUInt32BE(part.length, 4);
    frame.writeBigInt64BE(BigInt(time.valueOf()) * 1000n, 8);
    part.copy(frame, 16);
    writeAll(frame);
  }
}

function writeAll(bytes) {
  for (let at = 0; at < bytes.length;) {
    try {
      at += fs.writeSync(1, bytes, at);
    } catch (error) {
      if (error.code !== 'EAGAIN') return;
    }
  }
}

const kindOf = (error) => error?.constructor?.name ?? 'UnknownError';

/** An error within what is logged. */
function withError(_, value) {
  if (!(value instanceof Error)) return value;
  const { message: errorMessage, stack } = value;
  const stackTrace = typeof stack === 'string' ? stack.split('\n') : stack;
  return { errorType: kindOf(value), errorMessage, stackTrace, ...value };
}

function document(time, level, given) {
  const tenant = tenantId();
  const hasTenant = HAS_CALLBACKS ? tenant !== undefined && tenant !== null : tenant;
  const logged = {
    timestamp: time.toISOString(),
    level: LEVELS[level],
    requestId: requestId(),
    ...(hasTenant ? { tenantId: tenant } : {}),
  };
  if (given.length <= 1) {
    try {
      return JSON.stringify({ ...logged, message: given[0] }, withError);
    } catch {
      return JSON.stringify({ ...logged, message: util.format(given[0]) });
    }
  }
  logged.message = util.format(...given);
  const error = given.slice(HAS_CALLBACKS ? 0 : 1).find((each) => each instanceof Error);
  if (error) {
    logged.errorType = kindOf(error);
    logged.errorMessage = error.message;
    logged.stackTrace = typeof error.stack === 'string' ? error.stack.split('\n') : [];
  }
  return JSON.stringify(logged);
}

function log(level, given) {
  const time = new Date();
  if (isJson) {
    print(JSON_TEXT, level, time, document(time, level, given));
    return;
  }
  const [message, ...values] = given;
  const text = util.format(message, ...values);
  print(TEXT, level, time, `${time.toISOString()}\t${requestId()}\t${LEVELS[level]}\t${text}\n`);
}

/** Has `console` log as the function's variables say. */
function patchConsole() {
  isJson = process.env.AWS_LAMBDA_LOG_FORMAT?.toUpperCase() === 'JSON';
  const least = LEVELS.indexOf(process.env.AWS_LAMBDA_LOG_LEVEL?.toUpperCase());
  for (const [level, name] of LEVELS.entries()) {
    console[name.toLowerCase()] = level < least ? () => {} : (...given) => log(level, given);
  }
  console.log = console.info;
}

/** Logs an error with all that it carries, as far as JSON can hold it. */
function printError(title, thrown) {
  const error = thrown instanceof Error ? thrown : new Error(HAS_CALLBACKS ? thrown : String(thrown));
  if (isJson) {
    console.error(error);
    return;
  }
  const spelled = (_, value) => {
    if (!(value instanceof Error)) return value;
    const { name: errorType, message: errorMessage, code, stack } = value;
    const known = { errorType, errorMessage, code, ...value };
    return typeof stack === 'string' ? { ...known, stack: stack.split('\n') } : known;
  };
  let text;
  try {
    text = JSON.stringify(error, spelled);
  } catch {
    text = JSON.stringify(describe(error));
  }
  console.error(title, `\t${text}`);
}

module.exports = { REQUEST_ID, TENANT_ID, patchConsole, printError };
