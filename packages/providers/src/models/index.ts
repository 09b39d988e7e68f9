// The door of @g4f/providers/models: what is known of models, apart from who offers them.
export { type Family, families } from './families.ts';
export { bareModelName, findFamily, knownNames, type NamedModel } from './model-name.ts';
