// What is posted from the calling thread down to the worker: plain data only.

/** A value that structured clone carries unchanged: no functions, no classes. */
export type PlainData = unknown;

/** A client joins: what it was made with. */
export interface OpenMessage {
  readonly type: 'open';
  readonly client: number;
  readonly options: PlainData;
}

/** A call begins; its answer goes into `ring`. */
export interface CallMessage {
  readonly type: 'call';
  readonly client: number;
  readonly call: number;
  readonly method: 'chat.completions.create' | 'models.list';
  /** Whether events are wanted (`Event` … `End`), or one `Value`. */
  readonly stream: boolean;
  readonly params: PlainData;
  readonly options: PlainData;
  readonly ring: SharedArrayBuffer;
}

/** Nobody reads a call's answer any more. */
export interface AbortMessage {
  readonly type: 'abort';
  readonly call: number;
}

/** A client leaves. */
export interface CloseMessage {
  readonly type: 'close';
  readonly client: number;
}

/** Anything that is posted down. */
export type Message = OpenMessage | CallMessage | AbortMessage | CloseMessage;
