// Where a model of Replicate's is asked for a prediction.
import { encodeSegments } from '../../http/transport/path-segments.ts';

/** `owner/name:version` is one version of a model; `owner/name` is the model as it is now. */
export const namesVersion = (model: string): boolean => model.includes(':');

/** The path below the base. @throws G4FError `invalid-request` for a name that cannot stand in an address */
export const predictionPath = (model: string): string =>
  namesVersion(model) ? '/predictions' : `/models/${encodeSegments(model, 'the model', 2)}/predictions`;
