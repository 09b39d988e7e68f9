// The class that opens a database, as libsql has it. By a name of its own: npm keeps a package that others name among their optional
// peers, as @g4f/client and @g4f/server do with libsql, where this package is left out.
import { createRequire } from 'node:module';

/** By `require`: an import of CommonJS is parsed twice, once for its names. Its users check that it is a class. */
const database: unknown = createRequire(import.meta.url)('libsql-of-g4f');

export default database;
