// AsyncClient, as a user writes it.
import { AsyncClient } from '@g4f/client';
import { askWith } from './ours.mjs';

export const open = (baseURL) => askWith(new AsyncClient({ baseURL }));
