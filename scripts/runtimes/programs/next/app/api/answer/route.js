// Streams one answer with each client from the address in the query, and gives what came.
import { AsyncClient, Client } from '@g4f/client';

export const dynamic = 'force-dynamic';

export async function GET(request) {
  const baseURL = new URL(request.url).searchParams.get('service');
  const options = { provider: 'openai', baseURL, apiKey: 'sk-test' };
  const params = { model: 'gpt-4', messages: 'Say hello.', stream: true };
  const pieces = { sync: [], async: [] };
  for (const chunk of new Client(options).chat.completions.create(params))
    pieces.sync.push(chunk.choices[0]?.delta.content ?? '');
  for await (const chunk of new AsyncClient(options).chat.completions.create(params))
    pieces.async.push(chunk.choices[0]?.delta.content ?? '');
  return Response.json(pieces);
}
