// Errors of the Node.js runtime client, and how an error is told to the Runtime API.
'use strict';

const util = require('node:util');

const HAS_CALLBACKS = Number(process.versions.node.split('.')[0]) < 24;

/** An error of the runtime's own kind. */
class Fault extends Error {}

/** A kind of faults, whose name each has of its own or, up to Node.js 22, by its class. */
const fault = (kind) => {
  const name = `Runtime.${kind}`;
  if (!HAS_CALLBACKS) {
    return class extends Fault {
      constructor(message) {
        super(message);
        this.name = name;
      }
    };
  }
  const made = class extends Fault {};
  made.prototype.name = name;
  return made;
};
const ImportModuleError = fault('ImportModuleError');
const HandlerNotFound = fault('HandlerNotFound');
const MalformedHandlerName = fault('MalformedHandlerName');
const MalformedStreamingHandler = fault('MalformedStreamingHandler');
const InvalidStreamingOperation = fault('InvalidStreamingOperation');
const CallbackHandlerDeprecated = fault('CallbackHandlerDeprecated');
const PlatformError = fault('PlatformError');
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
    const trace = plain(error.stack);
    return {
      errorType: plain(error.name),
      errorMessage: plain(error.message),
      // Where one of them is no text this fails; so it does without a stack up to Node.js 22.
      trace: HAS_CALLBACKS ? trace.split('\n') : trace?.split('\n') ?? [],
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
  PlatformError,
  UnhandledPromiseRejection,
  UserCodeSyntaxError,
};
