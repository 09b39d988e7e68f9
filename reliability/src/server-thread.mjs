// The fault server in a thread of its own, for callers that block theirs.
import { parentPort } from 'node:worker_threads';
import { createFaultServer } from '@g4f/testing';

const server = await createFaultServer();
parentPort.on('message', (number) => parentPort.postMessage({ number, counts: server.counts() }));
parentPort.postMessage({ url: server.url, neverConnects: server.neverConnects });
