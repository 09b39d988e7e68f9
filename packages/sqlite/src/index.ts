// The class that opens a database, as libsql has it. By a name of its own: npm keeps a package that others name among their optional
// peers, as @g4f/client and @g4f/server do with libsql, where this package is left out.
export { default } from 'libsql-of-g4f';
