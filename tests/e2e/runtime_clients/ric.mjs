// Runs AWS's runtime client for Node.js with its native part replaced by curl, so that nothing has
// to be compiled: what that part does is to ask for events and to send answers, the latter while
// all else waits.
import { spawnSync } from 'node:child_process';
import http from 'node:http';
import Module from 'node:module';

const [host, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(':');
const base = '/2018-06-01/runtime/invocation/';

function post(path, body) {
  if (typeof body !== 'string') throw new TypeError('Wrong arguments');
  const url = `http://${host}:${port}${base}${path}`;
  const args = ['-sS', '-o', '/dev/null', '-w', '%{http_code}', '-H', 'Expect:', '--data-binary', '@-', url];
  const status = Number(spawnSync('/usr/bin/curl', args, { input: body }).stdout);
  if (status >= 400) {
    const said = `Failed to post handler success response. Http response code: ${status}.`;
    process.stderr.write(`[ERROR] [${Date.now()}] LAMBDA_RUNTIME ${said}\n`);
  }
}

const native = {
  initializeClient() {},
  next: () => new Promise((resolve, reject) => {
    http.get({ host, port, path: `${base}next`, agent: false }, (response) => {
      const parts = [];
      response.on('data', (part) => parts.push(part));
      response.on('end', () => {
        resolve({ bodyJson: Buffer.concat(parts).toString(), headers: response.headers });
      });
    }).on('error', reject);
  }),
  done: (id, body) => post(`${id}/response`, body),
  error: (id, body) => post(`${id}/error`, body),
};

Module._extensions['.node'] = (module) => {
  module.exports = native;
};
delete process.env._RIC;
if (process.env._RIC_4) {
  delete process.env._RIC_4;
  process.argv[1] = '/var/runtime/index.mjs';
  await import('/var/task/.ric/index.mjs');
} else {
  const { run } = await import('/var/task/.ric/dist/index.mjs');
  await run(process.cwd(), process.env._HANDLER);
}
