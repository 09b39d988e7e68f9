// Reads `refusals.txt` and `refusals-seen.txt`: what services say when they refuse, and what it means.
import { readFileSync } from 'node:fs';

/** A refusal, word for word. */
export interface ServiceRefusal {
  readonly service: string;
  readonly status: number;
  readonly body: string;
  readonly code: string;
  readonly scope: string;
  /** How long it asks to wait, in ms; undefined where that is not looked at. */
  readonly waitMs: number | undefined;
  /** Where it was seen. */
  readonly source: string | undefined;
}

const LINE = /^(\d{3}) ([a-z-]+) (request|provider|key|moment)(?: (\d+))?: (.+)$/;

/** All of them. @throws Error for a line that is none. */
export const refusalsOfServices = (): readonly ServiceRefusal[] => [
  ...refusalsOf('refusals.txt'),
  ...refusalsOf('refusals-seen.txt'),
];

function refusalsOf(file: string): readonly ServiceRefusal[] {
  let service = '';
  let source: string | undefined;
  const lines = readFileSync(new URL(file, import.meta.url), 'utf8').split('\n');
  return lines.flatMap((line) => {
    if (line.startsWith('# ')) service = line.slice(2);
    if (line.startsWith('< ')) source = line.slice(2);
    if (line === '' || /^(#|<|\/\/)/.test(line)) return [];
    const [, status, code, scope, wait, said] = LINE.exec(line) ?? [];
    if (status === undefined || code === undefined || scope === undefined || said === undefined)
      throw new Error(`${file}: ${line}`);
    const body = /^[{[<=]/.test(said) ? said.replace(/^=/, '') : JSON.stringify({ error: { message: said } });
    const waitMs = wait === undefined ? undefined : Number(wait);
    return [{ service, status: Number(status), body, code, scope, waitMs, source }];
  });
}
