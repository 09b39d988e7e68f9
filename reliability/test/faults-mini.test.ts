// What every stream owes its reader, on every wire, with the small client.
import { it } from 'vitest';
import { WIRES } from '../src/wires.ts';
import { expectColumn } from './column.ts';

// A busy machine may miss one of hundreds of short deadlines by chance, but not the same column twice.
it.concurrent.each(WIRES)('$wire: every row holds', { retry: 1 }, (spoken) => expectColumn('mini', spoken));
