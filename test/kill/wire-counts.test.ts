import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Sent, troubles, Wire } from './wire.ts';

/* One attempt row is one POST on the wire, whatever the Connector answers: read from its own counts, process to process. */

describe('POSTs on the wire = recorded attempts', () => {
  const wire = new Wire(160);
  const met = Object.entries(troubles).flatMap(([name, trouble], index) =>
    wire.city.reached.slice(index * 3, index * 3 + 3).map((staff) => ({ name, staff, ...trouble() })),
  );
  let sent: Map<string, Sent>;

  beforeAll(async () => {
    sent = await wire.send(new Map(met.map((one) => [one.staff, one])));
  }, 120_000);
  afterAll(() => wire.close());

  test.each(Object.keys(troubles))('%s', (name) => {
    const those = met.filter((one) => one.name === name);
    expect(those).toHaveLength(3);
    for (const { staff, state, posts, behaviour } of those) {
      expect(sent.get(staff), staff).toMatchObject({
        ...{ posts, rows: posts, counted: posts, ledger: { state, attempts: posts } },
        accepted: state === 'sent' || behaviour.accept ? 1 : 0,
      });
    }
  });

  test('and who met no trouble has one of each', () => {
    const quiet = wire.city.reached.slice(met.length);
    expect(quiet.length).toBeGreaterThan(50);
    for (const staff of quiet) expect(sent.get(staff)).toMatchObject({ posts: 1, accepted: 1, rows: 1, counted: 1 });
  });
});
