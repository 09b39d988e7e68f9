// The floor: a bare undici.request loop that cuts lines by hand and parses each with JSON.parse.
import { request } from 'undici';
import { measure } from '../measure.mjs';

await measure(async (baseURL, chunks, first) => {
  const { body } = await request(`${baseURL}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      model: `chunks-${chunks}`,
      stream: true,
      messages: [{ role: 'user', content: 'hi' }],
    }),
  });
  let seen = 0;
  let rest = '';
  for await (const bytes of body.setEncoding('utf8')) {
    const lines = (rest + bytes).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (!line.startsWith('data: ') || line === 'data: [DONE]') continue;
      if (JSON.parse(line.slice(6)).choices[0].delta.content) {
        seen += 1;
        if (seen === 1) first();
      }
    }
  }
  return seen;
});
