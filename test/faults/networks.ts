/** Networks that stand in the way: proxies, names, certificates, and long waits. */
import { createServer } from 'node:net';
import { expect } from 'vitest';
import { createCertificate } from '../support/certificate.ts';
import { type ProxyManner, startProxy } from '../support/proxy-server.ts';
import { graphError } from './answers.ts';
import { type Check, completes, everywhere, type FaultClass, fails } from './check.ts';
import type { Scene } from './lab/scene.ts';

const group = 'Networks';
const options = { speed: 2 } as const;
const expired = createCertificate({ fromDays: -30, toDays: -1 });
/** Too long for a name, so that nobody outside is asked for it. */
const noName = `${'a'.repeat(64)}.example`;

/** With a proxy on the way, which the check may tell to change its manner. */
function throughProxy(
  manner: ProxyManner,
  address: (host: string) => string,
  check: (proxy: { manner: ProxyManner }) => Check,
): Check {
  return async (scene) => {
    const state = { manner };
    const proxy = await startProxy(() => state.manner);
    scene.setEnvironment({ HTTPS_PROXY: address(proxy.address) });
    try {
      await check(state)(scene);
      if (manner.kind === 'connects') expect(proxy.tunnels.length).toBeGreaterThan(0);
    } finally {
      proxy.close();
    }
  };
}

function refusedBy(manner: ProxyManner, told: RegExp): Check {
  return throughProxy(
    manner,
    (host) => `http://${host}`,
    (proxy) =>
      fails({
        code: 5,
        atOnce: true,
        told,
        cure: () => {
          proxy.manner = { kind: 'connects' };
        },
      }),
  );
}

const withEnvironment = (env: Readonly<Record<string, string>>) => (scene: Scene) => scene.setEnvironment(env);
/** Graph is elsewhere, where nobody answers; the sign-in service is where it was. */
const graphAt = (url: string) => (scene: Scene) => scene.setGraphUrl(url);

/** A port on which nobody listens any more. */
async function unusedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

export const networks: readonly FaultClass[] = [
  everywhere(
    { group, title: 'A proxy given without a scheme (HTTPS_PROXY=host:port)', options, fast: ['list'] },
    throughProxy(
      { kind: 'connects' },
      (host) => host,
      () => completes(),
    ),
  ),
  everywhere({ group, title: 'A proxy given as ALL_PROXY', options }, async (scene) => {
    const proxy = await startProxy({ kind: 'connects' });
    scene.setEnvironment({ ALL_PROXY: `http://${proxy.address}` });
    try {
      await completes()(scene);
      expect(proxy.tunnels.length).toBeGreaterThan(0);
    } finally {
      proxy.close();
    }
  }),
  everywhere(
    { group, title: 'A proxy asks for a password (407)', options, fast: ['tail'] },
    refusedBy({ kind: 'wants', credentials: 'ana:hush' }, /requires a user name and password/),
  ),
  everywhere(
    { group, title: 'A proxy forbids it (403)', options },
    refusedBy({ kind: 'answers', status: 403 }, /does not allow connections to .* \(HTTP 403\)/),
  ),
  everywhere(
    { group, title: 'A proxy that is not there', options },
    fails({
      prepare: withEnvironment({ HTTPS_PROXY: 'http://localhost:1' }),
      code: 5,
      atOnce: true,
      told: /The connection to the proxy .* was refused/,
      cure: null,
    }),
  ),
  everywhere(
    { group, title: 'A SOCKS proxy, which is not supported', options },
    fails({
      prepare: withEnvironment({ HTTPS_PROXY: 'socks5://localhost:1080' }),
      code: 5,
      atOnce: true,
      told: /HTTPS_PROXY names a SOCKS proxy/,
      cure: null,
      endsAll: true,
    }),
  ),
  everywhere(
    { group, title: 'The name of the server cannot be looked up', options, fast: ['stats'] },
    fails({ prepare: graphAt(`https://${noName}`), code: 5, atOnce: true, told: /could not be looked up/, cure: null }),
  ),
  everywhere(
    { group, title: 'The connection is refused', options },
    fails({
      prepare: async (scene) => scene.setGraphUrl(`https://localhost:${await unusedPort()}`),
      code: 5,
      atOnce: true,
      told: /was refused/,
      cure: null,
    }),
  ),
  everywhere(
    { group, title: 'The certificate is not trusted', options, fast: ['list'] },
    fails({
      prepare: (scene) => scene.setEnvironment({ NODE_EXTRA_CA_CERTS: '' }),
      code: 5,
      atOnce: true,
      told: /is not trusted here.*NODE_EXTRA_CA_CERTS=FILE/,
      cure: null,
    }),
  ),
  everywhere(
    { group, title: 'The certificate has expired', options: { ...options, certificate: expired } },
    fails({ code: 5, atOnce: true, told: /certificate of .* has expired/, cure: null }),
  ),
  everywhere(
    {
      group,
      title: 'The certificate is for another name',
      options: { ...options, certificate: createCertificate({ name: 'other.example' }) },
    },
    fails({ code: 5, atOnce: true, told: /certificate of .* is for another name/, cure: null }),
  ),
  everywhere({ group, title: 'Graph asks to wait for 2 hours', options, fast: ['list'] }, async (scene) => {
    const { lab } = scene;
    await fails({
      prepare: () => {
        lab.intercept = () => graphError(429, 'TooManyRequests', '', { 'retry-after': '7200' });
      },
      code: 5,
      atOnce: true,
      told: scene.mode === 'screen' ? /throttled, goes on at/ : /Graph asks to wait|asks to wait 2 h/,
      cure: null,
    })(scene);
    expect(lab.asked).toHaveLength(1);
  }),
];
