// Which names a model on this machine answers to: it never answers for another in silence.
import { basename } from 'node:path';
import type { Environment } from '@g4f/core';
import type { LocalModel } from './weights/model.ts';

/** The name of the user's own file in the place of this model, if there is one. */
export const ownModelName = (model: LocalModel, env: Environment): string | undefined => {
  const own = env[model.own.variable];
  return own ? basename(own) : undefined;
};

/**
 * The name to write for a model that was asked for by another's; undefined if `asked` is one of its own.
 *
 * The user's own file answers to its name, with or without its ending. What it was set for is to be used in place of the
 * embedded model, so it answers to that name as well, and says its own.
 */
export const nameInstead = (asked: string, model: LocalModel, env: Environment): string | undefined => {
  const own = ownModelName(model, env);
  const names = [model.family, model.id, ...(own === undefined ? [] : [own, own.replace(/\.gguf$/i, '')])];
  const lower = asked.toLowerCase();
  return names.some((name) => name.toLowerCase() === lower) ? undefined : (own ?? model.family);
};
