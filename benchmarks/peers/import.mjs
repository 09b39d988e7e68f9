// Imports from this folder, which is where the peers are installed.

/** The module of that name. */
export const importPeer = (name) => import(name);
