// What every stream owes its reader, on every wire, with Client.
import { it } from 'vitest';
import { WIRES } from '../src/wires.ts';
import { expectColumn } from './column.ts';

it.concurrent.each(WIRES)('$wire: every row holds', (spoken) => expectColumn('Client', spoken));
