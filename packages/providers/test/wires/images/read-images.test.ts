// Images in OpenAI's form, and what stands in the place of one.
import { expect, it } from 'vitest';
import { readImages } from '../../../src/wires/images/read-images.ts';

it('takes an image of no bytes for an image, which is refused as one that is not whole', () => {
  expect(readImages({ data: [{ b64_json: '' }] })).toEqual({ data: [{ b64_json: '' }] });
  expect(readImages({ data: [{ b64_json: 'AAAA' }, { b64_json: '' }] })?.data).toHaveLength(2);
});

it('takes what holds no image at all for another protocol', () => {
  expect(readImages({ data: [{}] })).toBeUndefined();
  expect(readImages({ data: [] })).toBeUndefined();
  expect(readImages({ data: [{ url: '' }] })).toBeUndefined();
});
