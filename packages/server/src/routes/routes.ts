// All routes of a gateway.
import { ANTHROPIC_ROUTES } from './anthropic.ts';
import { DOCS_ROUTES } from './docs.ts';
import { GEMINI_ROUTES } from './gemini.ts';
import { OLLAMA_ROUTES } from './ollama.ts';
import { OPENAI_ROUTES } from './openai.ts';
import type { Route } from './route.ts';
import { STATE_ROUTES } from './state.ts';

/** In the order in which they are looked at. */
export const ROUTES: readonly Route[] = [
  ...OPENAI_ROUTES,
  ...ANTHROPIC_ROUTES,
  ...GEMINI_ROUTES,
  ...OLLAMA_ROUTES,
  ...STATE_ROUTES,
  ...DOCS_ROUTES,
];
