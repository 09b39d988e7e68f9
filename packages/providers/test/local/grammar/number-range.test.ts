// Limits become digits: llama.cpp accepts exactly the numbers between them.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { schemaGrammar } from '../../../src/local/grammar/schema-grammar.ts';
import { matcher, missing } from './matching.ts';

const limit = fc.oneof(fc.integer({ min: -30, max: 130 }), fc.integer({ min: -70_000, max: 70_000 }));

describe.skipIf(missing)('numbers between limits', () => {
  it('are exactly the whole numbers within, whatever the limits', async () => {
    await fc.assert(
      fc.asyncProperty(limit, fc.nat(3000), fc.boolean(), fc.boolean(), async (least, width, low, high) => {
        const most = least + width + 2;
        const limits = {
          [low ? 'minimum' : 'exclusiveMinimum']: least,
          [high ? 'maximum' : 'exclusiveMaximum']: most,
        };
        const fits = await matcher(schemaGrammar({ type: 'integer', ...limits }, 'schema'));
        const around = [least, most, 0, Math.trunc((least + most) / 2), -least, most * 10];
        for (const number of around.flatMap((at) => [at - 1, at, at + 1])) {
          const within = (low ? number >= least : number > least) && (high ? number <= most : number < most);
          expect([number, fits(String(number))]).toEqual([number, within]);
        }
        expect(fits(`0${Math.abs(least)}`)).toBe(false);
        expect(fits(`${most - 1}.5`)).toBe(false);
      }),
      { numRuns: 60 },
    );
  });

  it('are exactly the fractions within', async () => {
    await fc.assert(
      fc.asyncProperty(limit, fc.nat(300), fc.boolean(), fc.boolean(), async (least, width, low, high) => {
        const most = least + width + 1;
        const limits = {
          [low ? 'minimum' : 'exclusiveMinimum']: least,
          [high ? 'maximum' : 'exclusiveMaximum']: most,
        };
        const fits = await matcher(schemaGrammar({ type: 'number', ...limits }, 'schema'));
        for (const number of [least - 0.25, least, least + 0.25, most - 0.25, most, most + 0.25, 0.5, -0.5]) {
          const within = (low ? number >= least : number > least) && (high ? number <= most : number < most);
          expect([number, fits(String(number))]).toEqual([number, within]);
        }
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    [{ minimum: 0 }, ['0', '7', '1234567.5', '0.001'], ['-1', '-0.5', '01']],
    [{ exclusiveMinimum: 0 }, ['0.0001', '1', '10.5'], ['0', '0.0', '0.00', '-1']],
    [{ maximum: -5 }, ['-5', '-5.5', '-123'], ['-4.9', '0', '5']],
    [{ exclusiveMaximum: 0 }, ['-0.1', '-7'], ['0', '1', '-0.0']],
    [{ type: 'integer', minimum: -1, exclusiveMaximum: 1 }, ['-1', '0'], ['1', '-2']],
    [{ type: 'integer', minimum: 1.5, maximum: 3.5 }, ['2', '3'], ['1', '4']],
    [
      { type: 'integer', minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER },
      ['0', '-9', '99'],
      ['1.5'],
    ],
  ])('%j', async (schema, good, bad) => {
    const fits = await matcher(schemaGrammar({ type: 'number', ...schema }, 'schema'));
    expect(good.filter((text) => !fits(text))).toEqual([]);
    expect(bad.filter(fits)).toEqual([]);
  });

  it.each([
    [{ minimum: 5, maximum: 4 }, 'minimum'],
    [{ type: 'number', exclusiveMinimum: 3, maximum: 3 }, 'exclusiveMinimum'],
    [{ type: 'number', minimum: 0.5 }, 'minimum'],
    [{ minimum: 10 ** 20 }, 'minimum'],
    [{ exclusiveMinimum: true }, 'exclusiveMinimum'],
    [{ multipleOf: 2 }, 'multipleOf'],
  ])('%j is refused by the name of its keyword', (schema, keyword) => {
    expect(() => schemaGrammar({ type: 'integer', ...schema }, 'schema')).toThrow(`"${keyword}"`);
  });
});
