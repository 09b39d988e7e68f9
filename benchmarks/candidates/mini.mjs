// The small AsyncClient of one provider, as a user writes it.
import { AsyncClient } from '@g4f/client/mini';
import { openaiCompatible } from '@g4f/providers/parts';
import { askWith } from './ours.mjs';

export const open = (baseURL) => askWith(new AsyncClient({ provider: openaiCompatible({ baseURL }) }));
