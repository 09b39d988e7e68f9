// OpenAI's headers that say for which organization and project a request counts.
// Source: https://platform.openai.com/docs/api-reference/authentication, and the variables that openai-node reads.
import type { Context } from '@g4f/core';

/** `OPENAI_ORG_ID` and `OPENAI_PROJECT_ID` as headers. */
export const openaiAccount = (env: Context['env']): Readonly<Record<string, string>> => {
  const organization = env.OPENAI_ORG_ID?.trim();
  const project = env.OPENAI_PROJECT_ID?.trim();
  return {
    ...(organization && { 'openai-organization': organization }),
    ...(project && { 'openai-project': project }),
  };
};
