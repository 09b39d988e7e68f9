// Anthropic: the makers of Claude. Source: https://platform.claude.com/docs/en/about-claude/models/overview
import { overWire } from '../provider/over-wire.ts';
import { anthropicMessages } from '../wires/anthropic-messages/index.ts';

export default overWire(anthropicMessages, {
  id: 'anthropic',
  name: 'Anthropic',
  website: 'https://platform.claude.com/docs/en/api/overview',
  baseURL: 'https://api.anthropic.com/v1',
  env: ['ANTHROPIC_API_KEY'],
  models: {
    'claude-fable-5.2': 'claude-fable-5-2',
    'claude-opus-5.5': 'claude-opus-5-5',
    'claude-opus-5': 'claude-opus-5',
    'claude-opus-4.8': 'claude-opus-4-8',
    'claude-opus-4.7': 'claude-opus-4-7',
    'claude-opus-4.6': 'claude-opus-4-6',
    'claude-opus-4.5': 'claude-opus-4-5',
    'claude-sonnet-5.5': 'claude-sonnet-5-5',
    'claude-sonnet-5': 'claude-sonnet-5',
    'claude-sonnet-4.6': 'claude-sonnet-4-6',
    'claude-sonnet-4.5': 'claude-sonnet-4-5',
    'claude-haiku-5.5': 'claude-haiku-5-5',
    'claude-haiku-4.5': 'claude-haiku-4-5',
    'claude-fable-5.1': 'claude-fable-5-1',
  },
});
