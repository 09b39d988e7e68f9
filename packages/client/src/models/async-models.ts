// The methods `models.list` and `models.retrieve` of the asynchronous client. What they need is loaded with the first call.
import { withCallerStack } from '../errors/caller-stack.ts';
import type { Closing } from '../errors/client-closing.ts';
import type { ClientOptions } from '../surface/options.ts';
import type { Surface } from '../surface/surface.ts';
import { toPage, withModels } from './model-page.ts';

/** Both methods of a client. */
export function asyncModels(client: ClientOptions, closing: Closing): Surface<'async'>['models'] {
  const calls = () => import('./list-call.ts');
  // Its promise is the one that is handed out, because the caller's line is found behind that.
  const page = async (...[params, options]: Parameters<Surface<'async'>['models']['list']>) => {
    try {
      const { callListModels } = await calls();
      return toPage(await callListModels(client, params, { options }, closing));
    } catch (error) {
      throw withCallerStack(error, page);
    }
  };
  const list: Surface<'async'>['models']['list'] = (params, options) => withModels(page(params, options));
  const retrieve: Surface<'async'>['models']['retrieve'] = async (model, options) => {
    try {
      const { callRetrieveModel } = await calls();
      return await callRetrieveModel(client, model, { options }, closing);
    } catch (error) {
      throw withCallerStack(error, retrieve);
    }
  };
  return { list, retrieve };
}
