// Fields of Gemini's bodies, which may be written `likeThis` or `like_this`. Source: https://protobuf.dev/programming-guides/json/
import { camelCase, type Json } from '../../json/json.ts';

/** The object with all names of its own fields in camel case; what is inside them stays. */
export const camelFields = (object: Json): Json =>
  Object.fromEntries(Object.entries(object).map(([name, value]) => [camelCase(name), value]));
