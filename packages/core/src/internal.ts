// The entry @g4f/core/internal: helpers that the packages of g4f share. Not public: they change without notice.
export { newCompletionId, nowInSeconds } from './internal/completion-id.ts';
export { deniedFlag } from './internal/denied-flag.ts';
export { readableDuration } from './internal/duration.ts';
export { type ImageType, imageTypeOf, imageTypeOfBase64, SIGNATURE_BYTES } from './internal/image-type.ts';
export { isAsyncIterable } from './internal/is-async-iterable.ts';
export { isPromise } from './internal/is-promise.ts';
export { LightAbort, toAbortSignal } from './internal/light-abort.ts';
export { namesOtherHost } from './internal/other-host.ts';
export { isPublicHost } from './internal/public-host.ts';
export { type MayBeReady, READY } from './internal/ready.ts';
export { sizeOf } from './internal/size-of.ts';
export { latin1, soundKind } from './internal/sound-kind.ts';
export { closeStalled } from './internal/stalled-connections.ts';
export { withFields } from './internal/with-fields.ts';
export { withoutEnd } from './internal/without-end.ts';
export { KEY_ASSIGNED, KEY_FIELD, KEY_SHAPES } from './key-shapes.ts';
export { createToolCallOrder } from './tool-call-order.ts';
