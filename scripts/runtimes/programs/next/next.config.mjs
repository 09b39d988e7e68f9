// The package as Next bundles it, or left outside the bundle where G4F_TEST_EXTERNAL is set.
import { join } from 'node:path';

export default {
  turbopack: { root: join(import.meta.dirname, '..') },
  serverExternalPackages: process.env.G4F_TEST_EXTERNAL ? ['@g4f/client'] : [],
};
