// Errors of the Node.js runtime client, and how an error is told to the Runtime API.
'use strict';

const util = require('node:util');

const HAS_CALLBACKS = Number(process.versions.node.split('.')[0]) < 24;

/** An error of the runtime's own kind. */
class Fault extends Error {}

const fault = (kind) => {
  const made = class extends Fault {};
  made.prototype.name = `Runtime.${kind}`;
  return made;
};
const ImportModuleError = fault('ImportModuleError');
const HandlerNotFound = fault('HandlerNotFound');
const MalformedHandlerName = fault('MalformedHandlerName');
const MalformedStreamingHandler = fault('MalformedStreamingHandler');
const InvalidStreamingOperation = fault('InvalidStreamingOperation');
const CallbackHandlerDeprecated = fault('CallbackHandlerDeprecated');
const JSONStringifyError = fault('JSONStringifyError');
const UserCodeSyntaxError = fault('UserCodeSyntaxError');
const UnhandledPromiseRejection = class extends fault('UnhandledPromiseRejection') {
  constructor(reason, promise) {
    super(reason);
    this.reason = reason;
    this.promise = promise;
  }
};

function isError(error) {
  if (!HAS_CALLBACKS) return error instanceof Error;
  if (util.types.isNativeError(error)) return true;
  return ['name', 'message', 'stack'].every((it) => error[it] && typeof error[it] === 'string');
}

/** The document that tells of an error. */
function describe(error) {
  const plain = (text) => text?.replace(/\x7F/g, '%7F');
  try {
    if (!isError(error)) {
      const errorMessage = HAS_CALLBACKS ? error.toString() : String(error);
      return { errorType: typeof error, errorMessage, trace: [] };
    }
    const trace = plain(HAS_CALLBACKS ? error.stack : error.stack ?? '');
    return {
      errorType: plain(error.name),
      errorMessage: plain(error.message),
      // Without a stack, or where one of them is no text, this fails.
      trace: trace === '' ? [] : trace.split('\n'),
    };
  } catch {
    return {
      errorType: 'handled',
      errorMessage: 'callback called with Error argument, but there was a problem while '
        + 'retrieving one or more of its message, name, and stack',
      ...(HAS_CALLBACKS ? {} : { trace: [] }),
    };
  }
}

function errorPost(error) {
  const described = describe(error);
  const kind = String(described.errorType ?? '').replace(/[^\x20-\x7e]/g, ' ');
  const headers = `Lambda-Runtime-Function-Error-Type: ${kind}\r\n`;
  return { document: JSON.stringify(described), headers };
}

module.exports = {
  HAS_CALLBACKS,
  describe,
  errorPost,
  CallbackHandlerDeprecated,
  HandlerNotFound,
  ImportModuleError,
  InvalidStreamingOperation,
  JSONStringifyError,
  MalformedHandlerName,
  MalformedStreamingHandler,
  UnhandledPromiseRejection,
  UserCodeSyntaxError,
};
