// Loaded before a program: when it ends, writes to the file of G4F_BENCH_CPU how much CPU it has used, in ms.
import { writeFileSync } from 'node:fs';

process.on('exit', () => {
  const { user, system } = process.cpuUsage();
  writeFileSync(process.env.G4F_BENCH_CPU, String((user + system) / 1000));
});
