// The response of a Node.js handler that streams it.
'use strict';

const { Writable } = require('node:stream');

/** A stream whose whole content is the response, which is what an invocation by Invoke gets. */
exports.responseStream = (TooLate) => {
  const parts = [];
  const stream = new Writable({
    write(part, _, done) {
      parts.push(part);
      done();
    },
  });
  const write = stream.write.bind(stream);
  let hasWritten = false;
  stream.write = (part, ...more) => {
    const isPart = typeof part === 'string' || part instanceof Uint8Array;
    if (!hasWritten) {
      hasWritten = true;
      stream._onBeforeFirstWrite?.((first) => write(first));
    }
    return write(isPart ? part : JSON.stringify(part), ...more);
  };
  const end = stream.end.bind(stream);
  stream.end = (part, ...more) => {
    if (part === undefined || part === null || typeof part === 'function') return end(part, ...more);
    const done = more.find((each) => typeof each === 'function');
    stream.write(part, ...more.filter((each) => typeof each === 'string'));
    return end(done);
  };
  stream.setContentType = () => {
    if (hasWritten) throw new TooLate('Cannot set content-type, too late.');
  };
  return { stream, content: () => Buffer.concat(parts) };
};
