// Which addresses are public.
import { expect, it } from 'vitest';
import { isPublicAddress } from '../../src/fetching/public-address.ts';

it.each(['1.1.1.1', '93.184.216.34', '2606:4700::1111', '2a00:1450:4001:81b::200e'])('%s is', (address) => {
  expect(isPublicAddress(address)).toBe(true);
});

it.each([
  [
    'this machine',
    ['127.0.0.1', '127.9.9.9', '0.0.0.0', '::1', '::', '::ffff:7f00:1', '::7f00:1', '::ffff:0:7f00:1'],
  ],
  [
    'a private network',
    ['10.0.0.1', '172.16.0.1', '192.168.1.1', 'fd00::1', 'fe80::1', 'fe80::1%eth0', 'fec0::1'],
  ],
  [
    'what clouds tell about themselves',
    ['169.254.169.254', '168.63.129.16', '::ffff:a83f:8110', 'fd00:ec2::254'],
  ],
  ['a shared network', ['100.64.0.1']],
  ['a tunnel to IPv4', ['64:ff9b::7f00:1', '64:ff9b:1::1', '2002:7f00:1::', '2001::1']],
  [
    'reserved',
    [
      '192.0.0.1',
      '198.18.0.1',
      '203.0.113.1',
      '240.0.0.1',
      '255.255.255.255',
      '224.0.0.1',
      '2001:db8::1',
      'ff02::1',
      '100::1',
    ],
  ],
  ['no address', ['', 'localhost', '1.2.3', '1.2.3.4.5', '[::1]', '01.02.03.004x']],
])('%s is not', (_, addresses) => {
  expect(addresses.filter(isPublicAddress)).toEqual([]);
});
