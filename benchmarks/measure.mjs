// Measures one candidate in its own process and prints one JSON line: CPU µs per chunk of a long stream, and the time
// to the first chunk of short ones on a warm connection, in ms.

const [baseURL, chunks] = [process.argv[2] ?? '', Number(process.argv[3])];

/**
 * @param read reads one stream of `chunks` chunks and returns how many it saw; calls `first` at the first one.
 */
export const measure = async (read) => {
  const nothing = () => undefined;
  for (let i = 0; i < 5; i++) await read(baseURL, 2000, nothing);
  for (let i = 0; i < 100; i++) await read(baseURL, 1, nothing);
  const firsts = [];
  for (let i = 0; i < 200; i++) {
    const began = performance.now();
    await read(baseURL, 1, () => firsts.push(performance.now() - began));
  }
  const before = process.cpuUsage();
  const seen = await read(baseURL, chunks, nothing);
  const { user, system } = process.cpuUsage(before);
  if (seen !== chunks) throw new Error(`${seen} of ${chunks} chunks were read`);
  console.log(JSON.stringify({ cpuPerChunk: (user + system) / chunks, firstChunk: median(firsts) }));
};

/** The middle one of some numbers. */
export const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
