// The gateway's own description: `/openapi.json`, and a page of it. It is the same for every gateway, and says nothing of this one.
import { jsonAnswer } from '../exchange/answers.ts';
import type { Route } from './route.ts';

const answerDocument = async (): Promise<Response> => {
  const { openapiDocument } = await import('../openapi/document.ts');
  return jsonAnswer(openapiDocument());
};

const HEADERS = { 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' };

const answerPage = async (): Promise<Response> => {
  const { docsPage, POLICY } = await import('../openapi/page.ts');
  const headers = {
    ...HEADERS,
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': POLICY,
  };
  return new Response(docsPage(), { headers });
};

const answerStyle = async (): Promise<Response> => {
  const { STYLE } = await import('../openapi/page.ts');
  return new Response(STYLE, { headers: { ...HEADERS, 'content-type': 'text/css; charset=utf-8' } });
};

/** Without a key, which a browser could not send. */
export const DOCS_ROUTES: readonly Route[] = [
  { method: 'GET', path: '/openapi.json', isOpen: true, answer: answerDocument },
  { method: 'GET', path: '/docs', isOpen: true, answer: answerPage },
  { method: 'GET', path: '/docs/style.css', isOpen: true, answer: answerStyle },
];
