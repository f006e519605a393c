import { ownAddress } from './own-address.js';

describe('the address under which a caller reached the service', () => {
  it.each([
    [{ host: 'lis.example:3000' }, 'http://lis.example:3000'],
    [
      { host: 'inner:3000', 'x-forwarded-host': 'fhir.example', 'x-forwarded-proto': 'https' },
      'https://fhir.example',
    ],
    [
      {
        host: 'inner',
        'x-forwarded-host': 'fhir.example',
        'x-forwarded-proto': 'https',
        'x-forwarded-port': '8443',
      },
      'https://fhir.example:8443',
    ],
    [
      {
        host: 'inner',
        'x-forwarded-host': 'fhir.example',
        'x-forwarded-proto': 'https',
        'x-forwarded-port': '443',
      },
      'https://fhir.example',
    ],
    [{ host: 'inner', 'x-forwarded-host': 'a.example, b.example' }, 'http://a.example'],
    [{ host: 'a.example', 'x-forwarded-prefix': '/firstcall/' }, 'http://a.example/firstcall'],
    [{ host: '[::1]:3000' }, 'http://[::1]:3000'],
    [{ host: 'a.example', 'x-forwarded-host': 'evil"><script>' }, 'http://a.example'],
    [{ host: 'a.example', 'x-forwarded-prefix': '//evil.example' }, 'http://a.example'],
    [{ host: 'a.example', 'x-forwarded-proto': 'javascript' }, 'http://a.example'],
    [{}, 'http://localhost'],
  ])('%j is %s', (headers, address) => {
    expect(ownAddress({ protocol: 'http', headers })).toBe(address);
  });
});
