// About how many tokens a request has, and how far calls before it change that.
import { describe, expect, it } from 'vitest';
import { askedOf, type PromptLearnt, promptsWith, promptTokens } from '../../src/middleware/asked-amount.ts';

const user = (content: unknown) => ({ messages: [{ role: 'user', content }] });
const tokens = (content: unknown): number => askedOf(user(content)).prompt;
const none = tokens('');

describe('a prompt', () => {
  it('counts text by its length, whatever it begins with', () => {
    expect(tokens(`data:${'x'.repeat(4_000)}`) - none).toBeGreaterThan(1_000);
    expect(tokens([{ type: 'text', text: `data:${'x'.repeat(4_000)}` }])).toBeGreaterThan(1_000);
    const schema = { type: 'image_url', image_url: 'x'.repeat(40_000) };
    expect(askedOf({ tools: [schema] }).prompt).toBeGreaterThan(10_000);
  });

  it('counts pictures alike, and sounds and files by their size', () => {
    const picture = (url: string) => tokens([{ type: 'image_url', image_url: { url } }]);
    expect(picture('data:image/png;base64,AAAA')).toBe(picture(`data:image/png;base64,${'A'.repeat(9e6)}`));
    expect(picture('https://example.com/a.png')).toBeGreaterThanOrEqual(1_600);
    const sound = (size: number) =>
      tokens([{ type: 'input_audio', input_audio: { data: 'A'.repeat(size), format: 'mp3' } }]);
    expect(sound(800_000) - sound(400_000)).toBe(750);
    const file = (size: number) => tokens([{ type: 'file', file: { file_data: 'A'.repeat(size) } }]);
    expect(file(800_000) - file(400_000)).toBe(15_000);
    expect(askedOf({ file: { data: new Blob([new Uint8Array(4_000)]) } })).toMatchObject({
      prompt: 10,
      hasMedia: true,
    });
  });
});

describe('calls before', () => {
  const long = askedOf({ prompt: 'x'.repeat(40_000) });
  const learnt = (...calls: readonly (readonly [request: object, read: number])[]) =>
    calls.reduce<readonly PromptLearnt[]>(
      (known, [request, read]) => promptsWith(known, askedOf({ ...request }), read),
      [],
    );

  it('teach how long tokens are, of texts alone', () => {
    const dense = [{ prompt: 'x'.repeat(4_000) }, 2_000] as const;
    expect(promptTokens(long, learnt(dense, dense, dense))).toBe(20_000);
    const picture = user([{ type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } }]);
    const seen = [picture, 90_000] as const;
    expect(promptTokens(long, learnt(seen, seen, seen))).toBe(10_000);
  });

  it('change nothing where one of several is odd, little where they are short, and are forgotten', () => {
    const odd = [{ prompt: 'x'.repeat(4_000) }, 100_000] as const;
    const plain = [{ prompt: 'x'.repeat(4_000) }, 1_000] as const;
    // The first alone is believed, so that no limit is passed; the next one puts it right.
    expect(promptTokens(long, learnt(odd))).toBe(160_000);
    expect(promptTokens(long, learnt(odd, plain))).toBe(10_000);
    expect(promptTokens(long, learnt(plain, odd, plain))).toBe(10_000);
    expect(promptTokens(long, learnt(odd, odd, odd))).toBe(160_000);
    expect(promptTokens(long, learnt(odd, odd, odd, plain, plain, plain))).toBe(10_000);
    const short = [{ prompt: 'x' }, 1_500] as const;
    expect(promptTokens(long, learnt(short, short, short))).toBeLessThan(10_010);
  });
});
