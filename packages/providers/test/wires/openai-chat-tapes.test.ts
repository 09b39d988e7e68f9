// Recorded answers of services that speak OpenAI's chat completions give their golden.
import { openaiChat } from '../../src/wires/openai-chat/index.ts';
import { playTapes } from './play-tapes.ts';

playTapes('openai-chat', openaiChat, { end: 'data: [DONE]\n\n' });
playTapes('openai-completions', openaiChat, { end: 'data: [DONE]\n\n' });
