// Reads `refusals.txt`: what services say when they refuse, and what it means.
import { readFileSync } from 'node:fs';

/** A refusal, word for word. */
export interface ServiceRefusal {
  readonly service: string;
  readonly status: number;
  readonly body: string;
  readonly code: string;
  readonly scope: string;
}

const LINE = /^(\d{3}) ([a-z-]+) (request|provider|key|moment): (.+)$/;

/** All of them. @throws Error for a line that is none. */
export const refusalsOfServices = (): readonly ServiceRefusal[] => {
  let service = '';
  const lines = readFileSync(new URL('./refusals.txt', import.meta.url), 'utf8').split('\n');
  return lines.flatMap((line) => {
    if (line.startsWith('# ')) service = line.slice(2);
    if (line === '' || line.startsWith('# ') || line.startsWith('//')) return [];
    const [, status, code, scope, said] = LINE.exec(line) ?? [];
    if (status === undefined || code === undefined || scope === undefined || said === undefined)
      throw new Error(`refusals.txt: ${line}`);
    const body = said.startsWith('{') ? said : JSON.stringify({ error: { message: said } });
    return [{ service, status: Number(status), body, code, scope }];
  });
};
