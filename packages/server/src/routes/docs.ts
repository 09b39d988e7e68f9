// The gateway's own description: `/openapi.json`, and a page of it. It is the same for every gateway, and says nothing of this one.
import { type Answer, textAnswer } from '../answer/answer.ts';
import { jsonAnswer } from '../exchange/answers.ts';
import type { Route } from './route.ts';

const answerDocument = async (): Promise<Answer> => {
  const { openapiDocument } = await import('../openapi/document.ts');
  return jsonAnswer(openapiDocument());
};

const HEADERS = { 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' };

const answerPage = async (): Promise<Answer> => {
  const { docsPage, POLICY } = await import('../openapi/page.ts');
  return textAnswer(docsPage(), 'text/html; charset=utf-8', {
    ...HEADERS,
    'content-security-policy': POLICY,
  });
};

const answerStyle = async (): Promise<Answer> => {
  const { STYLE } = await import('../openapi/page.ts');
  return textAnswer(STYLE, 'text/css; charset=utf-8', HEADERS);
};

/** Without a key, which a browser could not send. */
export const DOCS_ROUTES: readonly Route[] = [
  { method: 'GET', path: '/openapi.json', isOpen: true, answer: answerDocument },
  { method: 'GET', path: '/docs', isOpen: true, answer: answerPage },
  { method: 'GET', path: '/docs/style.css', isOpen: true, answer: answerStyle },
];
