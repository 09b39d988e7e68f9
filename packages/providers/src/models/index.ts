// The door of @g4f/providers/models: what is known of models, apart from who offers them.

export type { Dimensions, Family, Maker, ModelData } from './facts/family.ts';
export { FACTS_READ, families } from './families.ts';
export { findFamily, knownNames, type NamedModel } from './model-name.ts';
export { type Vocabulary, vocabularyOf } from './vocabulary.ts';
