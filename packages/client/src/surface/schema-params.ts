// The parameters that may hold schemas: JSON Schemas, or those of a library.
import type { ResponseFormat, Tool, ToolChoice } from '@g4f/core';

/** A schema of a library that follows Standard Schema (https://standardschema.dev), such as one of Zod 4. */
export interface StandardSchema {
  readonly '~standard': { readonly version: number; readonly vendor: string };
}

/** A JSON Schema, or a schema that can say its JSON Schema: one of Zod 4, or of any library with `~standard.jsonSchema`. */
export type GivenSchema = Readonly<Record<string, unknown>> | StandardSchema;

/** A tool whose `parameters` may be a schema of a library. */
export interface GivenTool extends Pick<Tool, 'type'> {
  readonly function: {
    readonly name: string;
    readonly description?: string;
    readonly parameters?: GivenSchema;
    readonly strict?: boolean | null;
  };
}

/** The form of the answer; a schema of a library may stand for the JSON Schema, or for all of it. */
export type GivenFormat =
  | ResponseFormat
  | StandardSchema
  | {
      readonly type: 'json_schema';
      readonly json_schema: {
        readonly name: string;
        readonly description?: string;
        readonly schema?: GivenSchema;
        readonly strict?: boolean | null;
      };
    };

/** The parameters that may hold schemas. Schemas of libraries are converted before anything is sent. */
export interface SchemaParams {
  readonly tools?: readonly GivenTool[] | null;
  readonly response_format?: GivenFormat | null;
  /** @deprecated OpenAI's old form: sent as `tools`; calls come back as `tool_calls`. */
  readonly functions?: readonly Omit<GivenTool['function'], 'strict'>[] | null;
  /** @deprecated OpenAI's old form: sent as `tool_choice`. */
  readonly function_call?: Exclude<ToolChoice, object> | { readonly name: string } | null;
}
