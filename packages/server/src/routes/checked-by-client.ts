// The one place where what a caller wrote becomes parameters of the client.
import type { Json } from '../json/json.ts';

/** What a caller writes is unknown until the client has checked it, which it does before anything is sent. */
export const checkedByClient = <Params>(params: Json): Params => params as unknown as Params;
