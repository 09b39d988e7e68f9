// The class that opens a database, as libsql has it.
export { default } from 'libsql';
