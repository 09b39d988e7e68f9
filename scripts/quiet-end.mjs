// Ends a script without a stack when whoever reads it has seen enough (`| head -1`). Its exit code is that of SIGPIPE: it may have judged nothing.

process.stdout.on('error', ({ code, message }) => {
  if (code === 'EPIPE') process.exit(141);
  console.error(`cannot write to standard output: ${message}`);
  process.exit(1);
});
