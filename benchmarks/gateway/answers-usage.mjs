// Loaded before a gateway's own program: tells the process that started it what this one has used.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');

const cpu = () => {
  const { user, system } = process.cpuUsage();
  return user + system;
};
const memory = () => {
  collect();
  const { heapUsed, rss } = process.memoryUsage();
  return { heap: heapUsed, rss, cpu: cpu() };
};

process.on('message', (what) => process.send(what === 'cpu' ? cpu() : memory()));
// The channel alone does not hold the process.
process.channel?.unref();
// A gateway does not outlive the benchmark, however that ends.
process.on('disconnect', () => process.exit());
