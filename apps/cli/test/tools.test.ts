// Tools that a model may call: of modules, of MCP servers, of the web; what runs by itself, what is asked about, what is refused.
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AskedAnswer, type ScriptedService, startScripted } from './scripted-service.ts';
import { createHome, type Home, run, start, startInTerminal, withoutEscapes } from './typed.ts';

const FILES_SERVER = join(
  dirname(createRequire(import.meta.url).resolve('@modelcontextprotocol/server-filesystem/package.json')),
  'dist/index.js',
);
const hasTerminals = (() => {
  try {
    return execFileSync('script', ['--version']).includes('util-linux');
  } catch {
    return false;
  }
})();

/** What the model does with each question: it calls this tool, and then says what it was told. */
let wanted: readonly [tool: string, args: object] = ['weather', {}];
let service: ScriptedService;
let home: Home;

const play = (asked: AskedAnswer): void => {
  const messages: readonly { readonly role: string; readonly content: string }[] = Object(
    asked.body.messages,
  );
  const last = messages.at(-1);
  if (last?.role !== 'tool') {
    asked.say('Let me look.');
    asked.call(...wanted);
    return;
  }
  asked.say(`It says ${last.content}`);
  asked.end();
};

beforeAll(async () => {
  service = await startScripted(play);
  home = await createHome({
    OPENAI_API_KEY: 'sk-test-key',
    OPENAI_BASE_URL: service.url,
    G4F_MODEL: 'gpt-5.4',
  });
  await writeFile(
    join(home.folder, 'tools.mjs'),
    `import { writeFileSync } from 'node:fs';
const city = { type: 'object', properties: { city: { type: 'string' } } };
export const weather = { description: 'Tells the weather.', parameters: city, execute: ({ city }) => city + ': rain' };
export default [{ name: 'wipe', destructive: true, execute: () => { writeFileSync('wiped', ''); return 'wiped'; } }];
export const again = { execute: () => 'again' };
export const other = 1;
`,
  );
});
afterAll(async () => {
  await service.close();
  await home.remove();
});

const toolsSent = () =>
  Object(service.requests.at(-1)?.tools).map((one: { function: { name: string } }) => one.function.name);
const isWiped = () =>
  readFile(join(home.folder, 'wiped')).then(
    () => true,
    () => false,
  );

describe('in a pipe', () => {
  it('a tool of a module runs; it is told on stderr, and the answer alone is on stdout', async () => {
    wanted = ['weather', { city: 'Oslo' }];
    const { code, stdout, stderr } = await run(['--tool', 'tools.mjs', 'how is it?'], home.env);
    expect({ code, stdout, stderr }).toEqual({
      ...{
        code: 0,
        stdout: 'Let me look.\n\nIt says Oslo: rain\n',
        stderr: 'g4f: weather {"city":"Oslo"}\n',
      },
    });
    expect(toolsSent().sort()).toEqual(['again', 'weather', 'wipe']);
    const facts = JSON.parse(
      (await run(['-q', '--json', '--tool', 'tools.mjs', 'how is it?'], home.env)).stdout,
    );
    expect(facts.tool_calls).toEqual([{ name: 'weather', arguments: { city: 'Oslo' } }]);
  });

  it('a tool that may change something is refused, of which the model is told, unless all are approved', async () => {
    wanted = ['wipe', {}];
    const refused = await run(['--tool', 'tools.mjs', 'wipe it'], home.env);
    expect(refused).toMatchObject({ code: 0, stdout: expect.stringContaining('did not allow this call') });
    expect(refused.stderr).toMatch(/wipe was not run: it may change something.*--approve all/);
    expect(await isWiped()).toBe(false);
    const approved = await run(['--tool', 'tools.mjs', '--approve', 'all', 'wipe it'], home.env);
    expect(approved).toMatchObject({ code: 0, stdout: expect.stringContaining('It says wiped') });
    expect(await isWiped()).toBe(true);
  });

  it('a mark is obeyed where tool() of the client made the tool, and is not told to the model', async () => {
    const client = import.meta.resolve('@g4f/client');
    await writeFile(
      join(home.folder, 'made.mjs'),
      `import { writeFileSync } from 'node:fs';
import { tool } from '${client}';
export const burn = tool({ name: 'burn', destructive: true, execute: () => { writeFileSync('burnt', ''); return 'burnt'; } });
`,
    );
    wanted = ['burn', {}];
    const refused = await run(['--tool', 'made.mjs', 'burn it'], home.env);
    expect(refused.stderr).toMatch(/burn was not run: it may change something/);
    expect(existsSync(join(home.folder, 'burnt'))).toBe(false);
    expect(JSON.stringify(service.requests.at(-1)?.tools)).not.toContain('destructive');
  });

  it('with --approve ask nothing runs where nobody can be asked', async () => {
    wanted = ['weather', { city: 'Oslo' }];
    const { stdout } = await run(['--tool', 'tools.mjs', '--approve', 'ask', 'how is it?'], home.env);
    expect(stdout).toContain('did not allow this call');
  });

  it('an MCP server is started by its command; what it marks as harmless runs, and writing is refused', async () => {
    const file = join(home.folder, 'tides.txt');
    await writeFile(file, 'Twice a day.');
    const server = `"${process.execPath}" '${FILES_SERVER}' "${home.folder}"`;
    const name = await nameOf(server);
    wanted = [`${name}__read_text_file`, { path: file }];
    expect(await run(['-q', '--mcp', server, 'when?'], home.env)).toMatchObject({
      ...{ code: 0, stdout: expect.stringContaining('Twice a day.') },
    });
    wanted = [`${name}__write_file`, { path: file, content: 'gone' }];
    const written = await run(['--mcp', server, 'write'], home.env);
    expect(written.stderr).toMatch(/write_file was not run: it may change something/);
    expect(await readFile(file, 'utf8')).toBe('Twice a day.');
    const servers = { files: { command: process.execPath, args: [FILES_SERVER, home.folder] } };
    await writeFile(join(home.folder, 'mcp.json'), JSON.stringify({ mcpServers: servers }));
    wanted = ['files__read_text_file', { path: file }];
    expect((await run(['-q', '--mcp', 'mcp.json', 'when?'], home.env)).stdout).toContain('Twice a day.');
  });

  it('--timeout holds while a tool runs: 124; without it a tool that never ends is waited for until Ctrl-C: 130', async () => {
    await writeFile(
      join(home.folder, 'stuck.mjs'),
      'export const stuck = { execute: () => new Promise(() => {}) };',
    );
    wanted = ['stuck', {}];
    expect(await run(['--tool', 'stuck.mjs', '--timeout', '3', 'go'], home.env)).toMatchObject({
      ...{ code: 124, stderr: expect.stringMatching(/took longer than 3 s\. Raise --timeout/) },
    });
    const { child, printed, ended } = start(['--tool', 'stuck.mjs', 'go'], home.env);
    child.stdin.end();
    await expect.poll(() => printed.stderr, { timeout: 60_000 }).toContain('stuck {}');
    setTimeout(() => child.kill('SIGINT'), 300);
    expect((await ended).code).toBe(130);
  });

  it('an address without an MCP server is told with its status', async () => {
    const nothing = createServer((_, response) => response.writeHead(404).end('no')).listen(0, '127.0.0.1');
    await once(nothing, 'listening');
    const { port } = Object(nothing.address());
    const { stderr } = await run(['--mcp', `http://127.0.0.1:${port}/`, 'go'], home.env);
    nothing.close();
    expect(stderr).toMatch(/its address answered 404/);
    expect(stderr).not.toContain('next call');
  });

  it('a model that never answers is a failure: 1', async () => {
    const endless = await startScripted((asked) => asked.call('again', {}));
    const env = { ...home.env, OPENAI_BASE_URL: endless.url };
    const steps = await run(['--tool', 'tools.mjs', '--max-steps', '2', 'go on'], env);
    expect(steps).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/its answer 2.*--max-steps allows more/),
    });
    expect(endless.requests).toHaveLength(2);
    const repeated = await run(['--tool', 'tools.mjs', 'go on'], env);
    expect(repeated).toMatchObject({ code: 1, stderr: expect.stringMatching(/again and again/) });
    await endless.close();
  });

  it.each([
    [['--tool', 'nowhere.mjs'], 2, /there is no such file/],
    [['--tool', 'broken.mjs'], 2, /the module cannot be run: no/],
    [['--tool', 'empty.mjs'], 2, /it exports no tool. Write export const/],
    [['--tool', 'tools.mjs', '--tool', 'tools.mjs'], 2, /there is a tool "again" already/],
    [['--tool', 'quoted.mjs'], 2, /destructive of the tool "x" is neither true nor false/],
    [['--mcp', 'no-such-program-at-all'], 2, /its command is not there/],
    [['--mcp', 'a "b'], 2, /a quotation mark is not closed/],
    [['--approve', 'some'], 2, /Allowed choices are ask, all/],
    [['--max-steps', '0'], 2, /whole number above 0/],
    [['--tool', 'tools.mjs', '--schema', 'name'], 2, /--schema goes with no tools/],
  ])('%j is refused before anything is asked', async (args, code, said) => {
    await writeFile(join(home.folder, 'broken.mjs'), 'throw new Error("no");');
    await writeFile(join(home.folder, 'empty.mjs'), 'export const x = 1;');
    await writeFile(
      join(home.folder, 'quoted.mjs'),
      'export const x = { destructive: "true", execute: () => 1 };',
    );
    const before = service.requests.length;
    const ended = await run([...args, 'hi'], home.env);
    expect(ended).toMatchObject({ code, stdout: '' });
    expect(ended.stderr).toMatch(said);
    expect(service.requests).toHaveLength(before);
  });

  it('the web is read, and searched where an engine is set up', async () => {
    wanted = ['read_page', { url: 'http://127.0.0.1:1/' }];
    const pages = await run(['--web', 'what is new?'], home.env);
    expect(pages.stderr).toMatch(/can read pages and not search/);
    expect(pages.stderr).toMatch(/read_page: .*127\.0\.0\.1/);
    expect(toolsSent()).toEqual(['read_page']);
    await run(['-q', '--web', 'what is new?'], { ...home.env, SEARXNG_URL: 'http://127.0.0.1:1' });
    expect(toolsSent()).toEqual(['web_search', 'read_page']);
  });

  it('a chat is given tools while it goes on', async () => {
    wanted = ['weather', { city: 'Oslo' }];
    const lines = '/tools\n/tools tools.mjs\nhow is it?\n/web\n/web off\n/tools\n/mcp\n';
    const { stdout, stderr } = await run(['chat'], home.env, lines);
    expect(stdout).toContain('It says Oslo: rain\n');
    expect(stderr).toMatch(/there are no tools.*\n.*the model may call again, wipe, weather\./);
    expect(stderr).toMatch(/the model may use the web\..*\n.*the model may not use the web/);
    expect(stderr).toMatch(/\/mcp needs a command/);
  });
});

/** What the server of a command is called, by the names of its tools. */
async function nameOf(command: string): Promise<string | undefined> {
  await run(['-q', '--mcp', command, 'which?'], home.env);
  return toolsSent()[0].split('__')[0];
}

describe.skipIf(!hasTerminals)('at a terminal', () => {
  const answered = async (keys: string) => {
    const { child, printed, ended } = startInTerminal(['--tool', 'tools.mjs', 'wipe it'], home.env);
    wanted = ['wipe', {}];
    await expect.poll(() => withoutEscapes(printed.stdout)).toContain('[y]es, [a]lways in this run, [n]o: ');
    child.stdin.write(keys);
    return ended;
  };

  it('the person is asked, and may say yes or no', async () => {
    const no = await answered('n');
    expect(no.code).toBe(0);
    expect(withoutEscapes(no.stdout)).toMatch(/Let me look\.\n.*may wipe run\? \{\}\n/);
    expect(no.stdout).toContain('did not allow this call');
    expect((await answered('y')).stdout).toContain('It says wiped');
  });

  it('what was typed before the question answers nothing, nor do several keys; Enter tells the keys again', async () => {
    wanted = ['wipe', {}];
    await rm(join(home.folder, 'wiped'), { force: true });
    const { child, printed, ended } = startInTerminal(['--tool', 'tools.mjs', 'wipe it'], home.env);
    child.stdin.write('y');
    const shows = (text: string) => expect.poll(() => withoutEscapes(printed.stdout)).toContain(text);
    await shows('[n]o: ');
    child.stdin.write('\r');
    await shows('[n]o: \npress one of y, a, n: ');
    child.stdin.write('yes');
    await shows('press one of y, a, n: \npress one of y, a, n: ');
    child.stdin.write('n');
    expect((await ended).stdout).toContain('did not allow this call');
    expect(await isWiped()).toBe(false);
  });

  it('Ctrl-C at the question: 130', async () => {
    expect((await answered('\u0003')).code).toBe(130);
  });

  it('in a chat Ctrl-C at the question stops the answer, and the chat goes on', async () => {
    wanted = ['wipe', {}];
    const { child, printed, ended } = startInTerminal(['chat', '--tool', 'tools.mjs'], home.env);
    const shows = (text: string) => expect.poll(() => withoutEscapes(printed.stdout)).toContain(text);
    await shows('> ');
    child.stdin.write('wipe it\r');
    await shows('[n]o: ');
    child.stdin.write('\u0003');
    await shows('stopped.');
    child.stdin.write('/tools\r');
    await shows('again\nwipe\nweather');
    child.stdin.write('/exit\r');
    expect((await ended).code).toBe(0);
  });
});
