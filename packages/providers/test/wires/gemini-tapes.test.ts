// Recorded answers of Gemini give their golden.
import { gemini } from '../../src/wires/gemini/index.ts';
import { playTapes } from './play-tapes.ts';

playTapes('gemini', gemini);
