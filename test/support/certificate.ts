/**
 * A certificate for this machine, made on the spot with Node alone: self-signed, for localhost and 127.0.0.1, and so
 * its own authority. Node can sign but not write X.509, so the few fields that are needed are written here (RFC 5280).
 */
import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';

export interface Certificate {
  /** PEM; whoever trusts it passes it as certificate authority. */
  readonly certificate: string;
  readonly privateKey: string;
}

const DAY_MS = 86_400_000;
const ecdsaWithSha256 = [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02];
const commonName = [0x55, 0x04, 0x03];
const subjectAlternativeName = [0x55, 0x1d, 0x11];
const basicConstraints = [0x55, 0x1d, 0x13];

export interface CertificateOptions {
  /** Valid from so many days after now; yesterday when not given. */
  readonly fromDays?: number;
  /** Valid up to so many days after now; thirty when not given. */
  readonly toDays?: number;
  /** Instead of localhost and 127.0.0.1. */
  readonly name?: string;
}

export function createCertificate({ fromDays = -1, toDays = 30, name: dnsName }: CertificateOptions = {}): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const algorithm = sequence(element(0x06, Buffer.from(ecdsaWithSha256)));
  const name = sequence(
    element(0x31, sequence(element(0x06, Buffer.from(commonName)), element(0x0c, Buffer.from('localhost')))),
  );
  const nowMs = Date.now();
  const validity = sequence(utcTime(nowMs + fromDays * DAY_MS), utcTime(nowMs + toDays * DAY_MS));
  const names =
    dnsName === undefined
      ? sequence(element(0x82, Buffer.from('localhost')), element(0x87, Buffer.from([127, 0, 0, 1])))
      : sequence(element(0x82, Buffer.from(dnsName)));
  const isAuthority = sequence(element(0x01, Buffer.from([0xff])));
  const extensions = sequence(extension(subjectAlternativeName, names), extension(basicConstraints, isAuthority));
  const content = sequence(
    element(0xa0, element(0x02, Buffer.from([2]))),
    element(0x02, Buffer.concat([Buffer.from([0x01]), randomBytes(15)])),
    algorithm,
    name,
    validity,
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    element(0xa3, extensions),
  );
  const signature = sign('sha256', content, privateKey);
  const certificate = sequence(content, algorithm, element(0x03, Buffer.concat([Buffer.from([0]), signature])));
  const lines = certificate.toString('base64').match(/.{1,64}/g) ?? [];
  return {
    certificate: `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`,
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

function extension(objectId: readonly number[], value: Buffer): Buffer {
  return sequence(element(0x06, Buffer.from(objectId)), element(0x04, value));
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return element(0x30, Buffer.concat(parts));
}

function utcTime(timeMs: number): Buffer {
  const digits = new Date(timeMs).toISOString().slice(2, 19).replace(/\D/g, '');
  return element(0x17, Buffer.from(`${digits}Z`));
}

/** One value of DER: its tag, its length and itself. */
function element(tag: number, value: Buffer): Buffer {
  const { length } = value;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), value]);
}
