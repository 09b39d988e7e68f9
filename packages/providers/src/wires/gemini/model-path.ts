// A model of Gemini's in an address: it stands in a collection.
import { encodeSegments } from '../../http/transport/path-segments.ts';

/** The model with its collection. An id may come with it: `models/…`, `tunedModels/…`. */
export const resourceName = (model: string): string => (model.includes('/') ? model : `models/${model}`);

/** The path of a model below the base. @throws G4FError `invalid-request` for an id that cannot stand in an address. */
export const modelPath = (model: string): string => `/${encodeSegments(resourceName(model), 'the model', 8)}`;
