// Each refusal of `refusals.txt` means what stands before it.
import { describe, expect, it } from 'vitest';
import { classifyRefusal } from '../../src/http/failures/classify-refusal.ts';
import { readServiceError } from '../../src/http/failures/service-error.ts';
import { refusalsOfServices } from './refusals-of-services.ts';

describe('what services say', () => {
  it.each(refusalsOfServices())('$service: $status $body is $code of the $scope', (refusal) => {
    const said = readServiceError(JSON.parse(refusal.body));
    const meaning = classifyRefusal(refusal.status === 200 ? said?.status : refusal.status, said);
    expect([meaning.code, meaning.scope]).toEqual([refusal.code, refusal.scope]);
  });
});
