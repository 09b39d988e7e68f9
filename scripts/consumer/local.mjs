// Prints what the embedded model is missing here, as it says itself; null if nothing is.
import local from '@g4f/providers/local';

console.log(JSON.stringify((await local.available({ env: process.env })) ?? null));
