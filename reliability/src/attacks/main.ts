// `npm run attack`: every attack again and again, each time with other inputs, for as long as it is given.
import { readOptions } from '../command-line.ts';
import { progressLine } from '../progress.ts';
import { createRandom } from '../soak/random.ts';
import { withoutFlukes } from './bounded-time.ts';
import { ATTACKS } from './index.ts';

const HELP = `npm run attack: tries to get keys and prompts out of the library, to block it, to exhaust its memory and to run
code in it.

  --minutes <n>   for how long; 60. 0 tries every attack once
  --seed <n>      where to begin; the time unless given
  --only <text>   only attacks whose name holds this
  --help          this text

Exit code 1 if a promise of docs/security.md was broken: the attack, its seed and what happened are printed.`;

const options = readOptions(HELP, {
  minutes: { type: 'string', default: '60' },
  seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  only: { type: 'string', default: '' },
});
const numberOf = (name: 'minutes' | 'seed'): number => {
  const value = options[name].trim() === '' ? Number.NaN : Number(options[name]);
  if (Number.isFinite(value) && value >= 0) return value;
  return options.refuse(`--${name} must be a number, 0 or more; it is ${options[name] || 'empty'}`);
};
const minutes = numberOf('minutes');
const first = Math.floor(numberOf('seed'));
const attacks = ATTACKS.filter(({ name }) => name.includes(options.only));
if (attacks.length === 0) options.refuse(`no attack has "${options.only}" in its name`);

/** The same attack is told no more often, whatever becomes of it; all are counted. */
const MOST_TOLD = 3;
const MOST_CHARACTERS = 2000;
const told = new Map<(typeof attacks)[number], number>();

process.env.G4F_ATTACK_STRICT = '1';
const began = performance.now();
const seconds = (): number => Math.round((performance.now() - began) / 1000);
const show = progressLine('seconds', Math.max(1, Math.round(minutes * 60)));
let tried = 0;
let broken = 0;
let seed = first;
do {
  for (const attack of attacks) {
    show(seconds());
    tried += 1;
    try {
      await withoutFlukes(() => attack.run(createRandom(seed)));
    } catch (error) {
      broken += 1;
      const times = (told.get(attack) ?? 0) + 1;
      told.set(attack, times);
      if (times > MOST_TOLD) continue;
      show.done();
      const what = String(error instanceof Error ? error.message : error).slice(0, MOST_CHARACTERS);
      console.log(`${attack.name} (seed ${seed})\n  promise: ${attack.promise}\n  ${what}`);
    }
  }
  seed += 1;
} while (seconds() < minutes * 60);
show.done();
console.log(
  `${tried} attacks of ${attacks.length} kinds in ${seconds()} s, seeds ${first} to ${seed - 1}: ${broken} promises broken`,
);
process.exitCode = broken > 0 ? 1 : 0;
