// The entry @g4f/core/internal: helpers that the packages of g4f share. Not public: they change without notice.
export { stackOf } from './cause.ts';
export { isErrorCode } from './errors.ts';
export { isAsyncIterable, isPromise } from './internal/async-values.ts';
export { newCompletionId, nowInSeconds } from './internal/completion-id.ts';
export { deniedFlag, notPermitted } from './internal/denied-flag.ts';
export {
  LONGEST_WAIT_MS,
  longestWait,
  msUntil,
  msUntilDate,
  readableDuration,
  toMs,
  toNumber,
} from './internal/duration.ts';
export { ownValue, withFields } from './internal/fields.ts';
export { type ImageType, imageTypeOf, imageTypeOfBase64, SIGNATURE_BYTES } from './internal/image-type.ts';
export { LightAbort, toAbortSignal } from './internal/light-abort.ts';
export { modelName } from './internal/model-name.ts';
export { notAFile, type PlaceKind } from './internal/not-a-file.ts';
export { namesOtherHost } from './internal/other-host.ts';
export { pageOriginOf } from './internal/page-origin.ts';
export { isPublicHost } from './internal/public-host.ts';
export { type MayBeReady, READY } from './internal/ready.ts';
export { sizeOf } from './internal/size-of.ts';
export { type SlicedTimer, slicedTimer } from './internal/sliced-timer.ts';
export { latin1, soundKind } from './internal/sound-kind.ts';
export { withSoundTexts } from './internal/sound-texts.ts';
export { closeStalled } from './internal/stalled-connections.ts';
export { urlOf, withoutEndpoint } from './internal/url-of.ts';
export { withoutEnd } from './internal/without-end.ts';
export { KEY_ASSIGNED, KEY_FIELD, KEY_SHAPES } from './key-shapes.ts';
export { isProviderId } from './provider.ts';
export { visible } from './redact.ts';
export { createToolCallOrder } from './tool-call-order.ts';
