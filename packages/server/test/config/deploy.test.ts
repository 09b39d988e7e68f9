// The files for operation agree with the gateway: what they name is there, and what they configure is right.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { readArguments } from '../../src/command/arguments.ts';
import { readConfig } from '../../src/config/read-config.ts';
import { ROUTES } from '../../src/routes/routes.ts';
import { scratchFolder } from '../scratch.ts';

const read = (name: string) => readFile(join(import.meta.dirname, '../../deploy', name), 'utf8');

describe('the files for operation', () => {
  it('start the command with arguments that it knows', async () => {
    const [, entry = ''] = /^ENTRYPOINT (\[.*\])$/m.exec(await read('Dockerfile')) ?? [];
    const [command, ...args] = JSON.parse(entry) as string[];
    expect(command).toBe('g4f-serve');
    expect(readArguments(args)).toMatchObject({ host: '0.0.0.0' });
  });

  it('configure what there is', async () => {
    const [config] = parseAllDocuments(await read('kubernetes.yaml')).map((document) => document.toJS());
    const file = join(await scratchFolder(), 'g4f.config.yaml');
    await writeFile(file, config.data['g4f.config.yaml']);
    expect(await readConfig(file, {})).toMatchObject({ logging: true, metrics: { open: true } });
  });

  it('ask at paths that are answered without a key', async () => {
    const asked = [...(await read('kubernetes.yaml')).matchAll(/path: (\/\w+)/g)].map(([, path]) => path);
    const [, inImage] = /:4114(\/\w+)'/.exec(await read('Dockerfile')) ?? [];
    const open = ROUTES.filter(({ isOpen }) => isOpen).map(({ path }) => path);
    expect(open).toEqual(expect.arrayContaining([...asked, inImage]));
    expect(asked).toEqual(['/health', '/ready']);
  });

  it('are YAML', async () => {
    expect(parse(await read('compose.yaml'))).toHaveProperty('services.gateway');
    for (const document of parseAllDocuments(await read('kubernetes.yaml')))
      expect(document.errors).toEqual([]);
  });
});
