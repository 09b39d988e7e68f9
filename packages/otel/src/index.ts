// The door of @g4f/otel.
export { type Instrumented, type InstrumentOptions, instrument } from './instrument.ts';
