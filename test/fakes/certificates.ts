import { createSign, generateKeyPairSync, type KeyObject, X509Certificate } from 'node:crypto';

/** A certificate (PEM) with its private key (PKCS 8, PEM). */
export interface Certified {
  certificate: string;
  privateKey: string;
  key: KeyObject;
}

const der = (tag: number, ...contents: Buffer[]): Buffer => {
  const body = Buffer.concat(contents);
  if (body.length < 128) return Buffer.concat([Buffer.from([tag, body.length]), body]);
  const long = body.length < 256 ? [0x81, body.length] : [0x82, body.length >> 8, body.length & 255];
  return Buffer.concat([Buffer.from([tag, ...long]), body]);
};
const sequence = (...contents: Buffer[]) => der(0x30, ...contents);
const oid = (...bytes: number[]) => der(0x06, Buffer.from(bytes));
const text = (tag: number, value: string) => der(tag, Buffer.from(value));
const sha256WithRsa = sequence(oid(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0b), der(0x05));
const nameOf = (common: string) => sequence(der(0x31, sequence(oid(0x55, 0x04, 0x03), text(0x0c, common))));
const yes = der(0x01, Buffer.from([0xff]));

/** Authority for others: basicConstraints, critical. */
const authority = sequence(oid(0x55, 0x1d, 0x13), yes, der(0x04, sequence(yes)));
/** subjectAltName: 127.0.0.1 and localhost. */
const loopback = sequence(
  oid(0x55, 0x1d, 0x11),
  der(0x04, sequence(der(0x87, Buffer.from([127, 0, 0, 1])), text(0x82, 'localhost'))),
);

/** A certificate of an invented name, good from 2020 to 2049; signed by `by`, or by itself and then an authority. */
export function aCertificate(name: string, by?: { name: string; key: KeyObject }): Certified {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1, name.length])),
    sha256WithRsa,
    nameOf(by?.name ?? name),
    sequence(text(0x17, '200101000000Z'), text(0x17, '491231235959Z')),
    nameOf(name),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(by ? loopback : authority)),
  );
  const signature = createSign('sha256')
    .update(body)
    .sign(by?.key ?? privateKey);
  const whole = sequence(body, sha256WithRsa, der(0x03, Buffer.from([0]), signature));
  return {
    certificate: new X509Certificate(whole).toString(),
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    key: privateKey,
  };
}
