// Which names the model on this machine answers to: it never answers for another in silence.

import { basename } from 'node:path';
import type { Environment } from '@g4f/core';
import { localError } from './failures/failure.ts';
import { FAMILY, MODEL_ID } from './weights/model.ts';

/** The name of the user's own file (`G4F_LOCAL_MODEL`), if there is one. */
export const ownModelName = ({ G4F_LOCAL_MODEL: own }: Environment): string | undefined =>
  own ? basename(own) : undefined;

/**
 * The user's own file answers to its name, with or without its ending. What it was set for is to be used in place of the
 * embedded model, so it answers to that name as well, and says its own.
 *
 * @throws G4FError `model-not-found` saying what to write.
 */
export const checkModelName = (model: string, env: Environment): void => {
  const own = ownModelName(env);
  const names = [FAMILY, MODEL_ID, ...(own === undefined ? [] : [own, own.replace(/\.gguf$/i, '')])];
  const asked = model.toLowerCase();
  if (names.some((name) => name.toLowerCase() === asked)) return;
  const name = own ?? FAMILY;
  throw localError(
    'model-not-found',
    `there is no model ${JSON.stringify(model)} on this machine, only ${name}. Write model: ${JSON.stringify(name)}; or, to let it answer for another openly, fallback: "local" and not provider: "local".`,
  );
};
