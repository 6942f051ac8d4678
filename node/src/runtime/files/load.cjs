// Finds the handler of a Node.js function, where and in the order in which AWS's client looks.
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { createRequire } = require('node:module');

const {
  HAS_CALLBACKS,
  CallbackHandlerDeprecated,
  HandlerNotFound,
  ImportModuleError,
  MalformedHandlerName,
  MalformedStreamingHandler,
  UserCodeSyntaxError,
} = require('./errors.cjs');
const { store } = require('./store.cjs');

// Where AWS's client lies: errors name it among those who require a module.
const CLIENT = '/var/runtime/index.mjs';
const importer = HAS_CALLBACKS ? undefined : import(CLIENT);
const STREAMING = Symbol.for('aws.lambda.runtime.handler.streaming');

/** Whether the nearest package.json makes a `.js` file an ES module. */
function isModule(file) {
  for (let dir = path.dirname(file); !dir.endsWith('/node_modules'); dir = path.dirname(dir)) {
    const manifest = path.join(dir, 'package.json');
    if (fs.existsSync(manifest)) {
      try {
        return JSON.parse(fs.readFileSync(manifest, 'utf8'))?.type === 'module';
      } catch (error) {
        const ignored = 'cannot be read, it will be ignored for ES module detection purposes.';
        console.warn(`${manifest} ${ignored}`, error);
        return false;
      }
    }
    if (dir === '/') break;
  }
  return false;
}

const importOf = async (file) => (HAS_CALLBACKS ? import(file) : (await importer).default(file));

async function findModule(root, folder, name) {
  const require = createRequire(CLIENT);
  const base = path.resolve(root, folder, name);
  const imported = async (file) => (fs.existsSync(file) ? importOf(file) : undefined);
  const required = (file) => (fs.existsSync(file) ? require(file) : undefined);
  const isEsm = HAS_CALLBACKS && fs.existsSync(`${base}.js`) && isModule(base);
  const tries = HAS_CALLBACKS
    ? [
      () => required(base),
      () => (isEsm ? imported(`${base}.js`) : required(`${base}.js`)),
      () => imported(`${base}.mjs`),
      () => required(`${base}.cjs`),
    ]
    : ['', '.js', '.mjs', '.cjs'].map((extension) => () => imported(base + extension));
  for (const attempt of tries) {
    const loaded = await attempt();
    if (loaded) return loaded;
  }
  const paths = [root, HAS_CALLBACKS ? folder : path.join(root, folder)];
  return require(require.resolve(name, { paths }));
}

async function load(root, handler) {
  if (handler.includes('..')) {
    throw new MalformedHandlerName(
      `'${handler}' is not a valid handler name. Use absolute paths when specifying root directories in handler names.`,
    );
  }
  const file = path.basename(handler);
  const [, name, nested] = /^([^.]*)\.(.*)$/.exec(file) ?? [];
  if (name === undefined) throw new MalformedHandlerName('Bad handler');
  let loaded;
  try {
    loaded = await findModule(root, handler.slice(0, handler.indexOf(file)), name);
  } catch (error) {
    if (error instanceof SyntaxError) {
      const wrapped = new UserCodeSyntaxError(error);
      if (!HAS_CALLBACKS) wrapped.stack = error.stack;
      throw wrapped;
    }
    throw (HAS_CALLBACKS ? error.code : error?.code) === 'MODULE_NOT_FOUND' ? new ImportModuleError(error) : error;
  }
  const hasMembers = (value) => value && (HAS_CALLBACKS || typeof value === 'object');
  const member = (value, key) => (hasMembers(value) ? value[key] : undefined);
  const find = (from) => nested.split('.').reduce(member, from);
  const found = find(loaded) || (HAS_CALLBACKS ? undefined : find(loaded?.default));
  if (!found) throw new HandlerNotFound(`${handler} is undefined or not exported`);
  if (typeof found !== 'function') throw new HandlerNotFound(`${handler} is not a function`);
  if (found[STREAMING] && found[STREAMING] !== 'response') {
    throw new MalformedStreamingHandler('Only response streaming is supported.');
  }
  if (!HAS_CALLBACKS && !found[STREAMING] && found.length >= 3) {
    throw new CallbackHandlerDeprecated(
      'ERROR: AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. You need to modify this function to use a supported handler signature to use Node.js 24 or later. For more information see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html.',
    );
  }
  return found;
}

/** What a handler that streams its response finds as a global. */
function offerStreaming() {
  if (['1', 'true'].includes(process.env.AWS_LAMBDA_NODEJS_NO_GLOBAL_AWSLAMBDA)) return;
  globalThis.awslambda = {
    streamifyResponse: (handler, options) => {
      handler[STREAMING] = 'response';
      if (typeof options?.highWaterMark === 'number') {
        handler[Symbol.for('aws.lambda.runtime.handler.streaming.highWaterMark')] = parseInt(options.highWaterMark, 10);
      }
      return handler;
    },
    HttpResponseStream: class HttpResponseStream {
      static from(stream, prelude) {
        stream.setContentType('application/vnd.awslambda.http-integration-response');
        const text = JSON.stringify(prelude);
        stream._onBeforeFirstWrite = (write) => {
          write(text);
          write(new Uint8Array(8));
        };
        return stream;
      }
    },
    ...(HAS_CALLBACKS ? {} : { InvokeStore: store }),
  };
}

module.exports = { CLIENT, STREAMING, load, offerStreaming };
