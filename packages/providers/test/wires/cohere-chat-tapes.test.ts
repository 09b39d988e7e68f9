// Recorded answers of Cohere give their golden.
import { cohereChat } from '../../src/wires/cohere-chat/index.ts';
import { playTapes } from './play-tapes.ts';

playTapes('cohere-v2', cohereChat);
