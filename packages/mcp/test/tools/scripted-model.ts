// A model on this machine that calls the tools it is told to, once, and is then done.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Starts it on a free port. */
export const startScriptedModel = async (calls: readonly (readonly [string, object])[]) => {
  let asked = 0;
  const server = createServer((request, response) => {
    request.resume();
    const tool_calls = calls.map(([name, args], at) => ({
      id: `call_${at}`,
      type: 'function',
      function: { name, arguments: JSON.stringify(args) },
    }));
    const isFirst = asked++ === 0;
    const message = isFirst
      ? { role: 'assistant', content: null, tool_calls }
      : { role: 'assistant', content: 'done' };
    const choices = [{ index: 0, message, finish_reason: isFirst ? 'tool_calls' : 'stop' }];
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify({ id: 'x', object: 'chat.completion', created: 1, model: 'gpt-4o', choices }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    baseURL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    close: (): Promise<void> =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
