// `g4f gui`: the page in a real browser, where there is one: an answer streams, is stopped, is harmless, and a key is asked for.
import { execFileSync } from 'node:child_process';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AskedAnswer, type ScriptedService, startScripted } from './scripted-service.ts';
import { type Home, start } from './typed.ts';
import { withService } from './with-service.ts';

/** A browser of this machine; the tests are skipped without one (Debian: apt-get install chromium). */
const CHROMIUM = (() => {
  try {
    return execFileSync('sh', ['-c', 'command -v chromium || command -v google-chrome'], {
      encoding: 'utf8',
    }).trim();
  } catch {
    return undefined;
  }
})();

let play: (asked: AskedAnswer) => unknown = () => {};
let service: ScriptedService;
let home: Home;
withService(
  () => startScripted((asked) => play(asked)),
  (made) => {
    ({ service, home } = made);
  },
);

/** Starts it, and gives its address when it listens. */
const open = async (args: readonly string[] = ['-m', 'gpt-5.4', '--no-open'], more = {}) => {
  const { child, printed, ended } = start(['gui', ...args], { ...home.env, ...more });
  // Without a browser the address is all of standard output; with one it is a note.
  const told = args.includes('--no-open') ? /^(http:\S+)\n$/ : /^g4f: the chat is at (http:\S+)\n/;
  const place = args.includes('--no-open') ? ('stdout' as const) : ('stderr' as const);
  await expect.poll(() => printed[place], { timeout: 60_000 }).toMatch(told);
  const address = told.exec(printed[place])?.[1] ?? '';
  return {
    address,
    close: async () => {
      child.kill('SIGINT');
      return ended;
    },
  };
};

it('prints its address with the chosen model, opens it in the browser, and ends with Ctrl-C', async () => {
  const bin = join(home.folder, 'bin');
  await mkdir(bin);
  await writeFile(join(bin, 'xdg-open'), `#!/bin/sh\necho "$1" > '${home.folder}/opened'\n`);
  await chmod(join(bin, 'xdg-open'), 0o755);
  const { address, close } = await open(['-p', 'openai', '-m', 'gpt-5.4'], {
    PATH: `${bin}:${home.env.PATH}`,
  });
  expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/chat#model=openai%3Agpt-5\.4$/);
  await expect
    .poll(() => readFile(join(home.folder, 'opened'), 'utf8').catch(() => ''), { timeout: 60_000 })
    .toBe(`${address}\n`);
  expect((await fetch(address)).status).toBe(200);
  expect((await close()).code).toBe(0);
});

describe.skipIf(CHROMIUM === undefined)('the page', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: CHROMIUM ?? '', args: ['--no-sandbox'] });
  }, 120_000);
  afterAll(() => browser.close());

  /** Opens it; what it asks of any other host, and what goes wrong in it, is gathered. */
  const visit = async (address: string) => {
    const page: Page = await browser.newPage();
    // The test's own limit is the only one: a busy machine draws late.
    page.setDefaultTimeout(0);
    const strange: string[] = [];
    page.on('request', (request) => {
      if (new URL(request.url()).host !== new URL(address).host) strange.push(request.url());
    });
    page.on('pageerror', (error) => strange.push(error.message));
    await page.goto(address);
    return { page, strange };
  };
  const ask = async (page: Page, text: string): Promise<void> => {
    await page.fill('#question', text);
    await page.press('#question', 'Enter');
  };

  it('shows an answer as Markdown while it comes, and sends the chat so far with the next question', async () => {
    const { address, close } = await open();
    let more = (): void => {};
    play = async (asked) => {
      asked.say('# Tides\n\nThey come **twice** a day.\n\n- in\n');
      await new Promise<void>((resolve) => {
        more = resolve;
      });
      asked.say('- out\n');
      asked.end();
    };
    const { page, strange } = await visit(address);
    expect(await page.inputValue('#model')).toBe('gpt-5.4');
    await ask(page, 'When?');
    await page.locator('.answer strong', { hasText: 'twice' }).waitFor();
    expect(await page.locator('#stop').isVisible()).toBe(true);
    more();
    await page.locator('.answer li', { hasText: 'out' }).waitFor();
    await page.locator('.note', { hasText: 'openai:gpt-5.4' }).waitFor();
    play = (asked) => asked.end();
    await ask(page, 'And then?');
    await expect
      .poll(() => service.requests.at(-1)?.messages)
      .toMatchObject([
        { role: 'user', content: 'When?' },
        { role: 'assistant', content: expect.stringContaining('twice') },
        { role: 'user', content: 'And then?' },
      ]);
    expect(strange).toEqual([]);
    await page.close();
    await close();
  });

  it('stops an answer, which leaves the service, and tells failures', async () => {
    const { address, close } = await open();
    let left: Promise<void> | undefined;
    play = (asked) => {
      left = asked.left;
      asked.say('the beginning');
    };
    const { page } = await visit(address);
    await ask(page, 'Go on');
    await page.locator('.answer', { hasText: 'the beginning' }).waitFor();
    await page.click('#stop');
    await page.locator('.note', { hasText: 'Stopped.' }).waitFor();
    await left;
    play = (asked) => asked.refuse(400, 'no such thing');
    await ask(page, 'Again');
    await page.locator('.error', { hasText: 'no such thing' }).waitFor();
    expect(await page.inputValue('#question')).toBe('Again');
    await page.close();
    await close();
  });

  it('runs nothing of an answer, and loads nothing that it names', async () => {
    const { address, close } = await open();
    play = (asked) => {
      asked.say(
        '<img src="https://evil.example/x.png" onerror="document.title=1"><script>document.title=2</script>\n\n',
      );
      asked.say(
        '[a](javascript:document.title=3) ![b](https://evil.example/y.png) [c](https://good.example)\n\n<form>x</form>',
      );
      asked.end();
    };
    const { page, strange } = await visit(address);
    await ask(page, 'Attack');
    const link = page.locator('.answer a', { hasText: 'c' });
    await link.waitFor();
    expect(await link.getAttribute('rel')).toBe('noopener noreferrer');
    expect(await page.locator('.answer').evaluate((element) => element.innerHTML)).not.toMatch(
      /<img|<script|javascript:|<form/,
    );
    expect(await page.title()).toBe('g4f');
    expect(strange).toEqual([]);
    await page.close();
    await close();
  });

  it('asks for the key of a gateway that has keys, and goes on with it', async () => {
    const { address, close } = await open(['-m', 'gpt-5.4', '--no-open'], { G4F_SERVER_KEYS: 'sesame' });
    play = (asked) => {
      asked.say('let in');
      asked.end();
    };
    const { page } = await visit(address);
    await ask(page, 'Hello');
    await page.fill('#key', 'sesame');
    await page.press('#key', 'Enter');
    await page.locator('.answer', { hasText: 'let in' }).waitFor();
    await page.close();
    await close();
  });
});
