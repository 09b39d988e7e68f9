// What may be the name of a model.

/** What is shown in the place of what is none. */
const NONE = '[no name]';

/** The longest are addresses of a model in a cloud. */
const NAME = /^[\w.:/@+~=,()[\]-]{1,200}$/;

/** What a service calls a model, for a log or a header, where it is a name, in ASCII and without a blank: a service may say anything. */
export const modelName = (told: string): string => (NAME.test(told) ? told : NONE);
