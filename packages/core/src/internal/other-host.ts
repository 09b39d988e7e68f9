// Whether the target of a request names another host than its Host. Source: https://www.rfc-editor.org/rfc/rfc9112#section-3.2.2
import { urlOf } from './url-of.ts';

/** @param target what stands after the method: a path, or a whole address. @param host empty where the request has none, as of HTTP/1.0 */
export const namesOtherHost = (target: string, host: string): boolean => {
  if (host === '' || !/^[a-z][a-z\d+.-]{0,20}:\/\//i.test(target)) return false;
  const named = urlOf(target)?.host;
  return named === undefined || named !== urlOf(`http://${host}`)?.host;
};
