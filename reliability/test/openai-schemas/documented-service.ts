// A service in this process that gives one answer to everything, and keeps what it was sent.
import { createServer } from 'node:http';

/** What it answers. */
export interface DocumentedAnswer {
  /** 200 unless given. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What it was sent. */
export interface SentRequest {
  readonly path: string;
  /** The JSON of the body; undefined where it is none. */
  readonly json: unknown;
  readonly body: string;
  /** Of the body. */
  readonly contentType: string;
}

/** The service. */
export interface DocumentedService {
  readonly url: string;
  readonly sent: SentRequest[];
  answer: DocumentedAnswer;
  close(): Promise<void>;
}

/** Starts it on a free port. */
export const startDocumentedService = async (): Promise<DocumentedService> => {
  const sent: SentRequest[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('latin1');
      const text = Buffer.concat(chunks).toString();
      const json: unknown = text.startsWith('{') ? JSON.parse(text) : undefined;
      const contentType = request.headers['content-type'] ?? '';
      sent.push({ path: request.url ?? '', json, body, contentType });
      const { status = 200, headers = { 'content-type': 'application/json' }, body: said } = service.answer;
      response.writeHead(status, headers);
      response.end(said);
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const service: DocumentedService = {
    url: `http://127.0.0.1:${port}`,
    sent,
    answer: { body: '{}' },
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
  return service;
};
