// Turns are taken in the order in which they were asked for.
import { expect, it } from 'vitest';
import { Mutex } from '../../../src/http/reading/mutex.ts';

it('gives the turn at once, then to whoever has waited longest, and to nobody in between', async () => {
  const turns = new Mutex();
  const order: string[] = [];
  expect(turns.enter()).toBeUndefined();
  const wait = async (name: string): Promise<void> => {
    const turn = turns.enter();
    expect(turn).toBeInstanceOf(Promise);
    await turn;
    order.push(name);
  };
  const waiting = [wait('first'), wait('second')];
  turns.leave();
  // It has been handed on, though who waited for it has not heard of it yet.
  const third = wait('third');
  await waiting[0];
  expect(order).toEqual(['first']);
  turns.leave();
  await waiting[1];
  turns.leave();
  await third;
  expect(order).toEqual(['first', 'second', 'third']);
  turns.leave();
  expect(turns.enter()).toBeUndefined();
});
