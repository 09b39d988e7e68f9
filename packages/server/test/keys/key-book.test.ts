// Several operators change one key at once.
import { expect, it } from 'vitest';
import { changeKey, createKey, deleteKey, rotateKey, showKey } from '../../src/keys/key-book.ts';
import { hashOf } from '../../src/keys/secret.ts';
import { createMemoryState } from '../../src/state-engines/memory-state.ts';

it('loses no change where several come at once, and brings no secret back', async () => {
  const state = createMemoryState();
  const { id, key } = await createKey(state, { name: 'ours' });
  const [, rotated] = await Promise.all([
    changeKey(state, id, { disabled: true }),
    rotateKey(state, id),
    changeKey(state, id, { models: ['gpt-*'] }),
  ]);
  expect(rotated.key).not.toBe(key);
  expect(await showKey(state, id)).toMatchObject({
    disabled: true,
    models: ['gpt-*'],
    ending: rotated.ending,
  });
  expect(await state.findKeyByHash(await hashOf(key))).toBeUndefined();
  expect(await state.findKeyByHash(await hashOf(rotated.key))).toMatchObject({ id });
});

it('brings no key back that was deleted meanwhile', async () => {
  const state = createMemoryState();
  const { id } = await createKey(state, { name: 'ours' });
  const changing = changeKey(state, id, { disabled: true });
  const [changed] = await Promise.allSettled([changing, rotateKey(state, id), deleteKey(state, id)]);
  expect(changed.status).toBe('rejected');
  expect(await state.listKeys()).toEqual([]);
});
