// Bytes in bare base64 where an address belongs: OpenAI takes files so, other services want to know of what type they are.
import { imageTypeOfBase64 } from '@g4f/core/internal';

/** "%PDF-", with which every PDF begins. Source: ISO 32000-1, 7.5.2 */
const PDF = 'JVBERi0';

/** The address; bytes without one as a data URL, if their beginning says of which type they are; undefined if it does not. */
export const addressOrBytes = (given: string): string | undefined => {
  if (/^[a-z][a-z\d+.-]*:/i.test(given)) return given;
  const image = imageTypeOfBase64(given);
  const type = given.startsWith(PDF) ? 'application/pdf' : image && `image/${image}`;
  return type && `data:${type};base64,${given}`;
};
