// The two streams that `tee()` makes of one. What they share is loaded when one of them is read.
import { type Batches, ChunkReader, type ChunkSource } from './chunk-stream.ts';
import { laterBatches } from './later-batches.ts';
import { readTwice } from './read-once.ts';
import type { Tee } from './tee.ts';

/** A source without what is particular to its kind of stream. */
export type Forked<Event> = Omit<ChunkSource<Event, never>, 'name' | 'project'>;

/** @throws G4FError `invalid-request` if the stream is read already, `aborted` if it was left. */
export const split = <Event, Chunk, Stream>(
  stream: ChunkReader<Event, Chunk> & { isLeft(): boolean },
  source: ChunkSource<Event, Chunk>,
  fork: (source: Forked<Event>) => Stream,
): [Stream, Stream] => {
  if (ChunkReader.stateOf(stream).isTaken) throw readTwice(stream.isLeft());
  // From here on it has its reader.
  stream[Symbol.asyncIterator]();
  let loading: Promise<Tee<Event>> | undefined;
  const load = (): Promise<Tee<Event>> => {
    loading ??= import('./tee.ts').then(({ Tee }) => new Tee<Event>(stream));
    return loading;
  };
  ChunkReader.through(stream, (batches) => laterBatches(async () => (await load()).keep(batches)));
  const branch = (at: 0 | 1): Stream => {
    const { signal, closing } = source;
    return fork({
      open: () => opened(load, at),
      abort: () => void load().then((tee) => tee.leave(at)),
      route: () => source.route(),
      received: () => source.received(),
      signal,
      closing,
    });
  };
  return [branch(0), branch(1)];
};

async function opened<Event>(load: () => Promise<Tee<Event>>, at: 0 | 1): Promise<Batches<Event>> {
  const tee = await load();
  return {
    prepare: () => tee.prepare(),
    next: () => tee.next(at),
    async return() {
      tee.leave(at);
      return { done: true, value: undefined };
    },
  };
}
