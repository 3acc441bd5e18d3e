import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { quoted, quotedPlain } from '../../../src/delivery/index.ts';
import {
  type SummaryView,
  type WedOnTimeView,
  wedOnTimeCard,
  wedSummaryCard,
} from '../../../src/no-overtime-day/card.ts';
import { drawn } from '../../cards/samples.ts';

const item = { itemId: 'item', revision: 1, language: 'ja', date: '2026-11-18' } as const;
const link = 'https://attendance.example.jp/';

function answered(note: string): WedOnTimeView {
  const answer = { kind: 'stay', at: 983, reason: 'other', untilMinute: 1110, note } as const;
  return {
    ...item,
    endMinute: 1035,
    day: 'wednesday',
    state: 'answered',
    answer,
    decision: null,
    canChange: true,
    changing: true,
    attendanceLink: link,
    untilChoices: [1110],
    corrected: note,
  };
}

function named(name: string, note: string): SummaryView {
  const counts = { leave: 1, stay: 1, unsure: 0, off: 0, unanswered: 0, notSent: 0 };
  const staying = [{ item: 'other', name, note, reason: 'other', untilMinute: null, decision: null }];
  return {
    ...item,
    state: 'asked',
    counts,
    staying,
    named: true,
    page: 0,
    pages: 1,
    canDecide: true,
    final: false,
    attendanceLink: link,
    asDeputyFor: name,
  };
}

const nasty = fc.constantFrom(
  '${note}',
  '${$root}',
  '{{DATE(2017-02-14T06:08:39Z, SHORT)}}',
  '{{{TIME(2017-02-14T06:08:39Z)}}}',
  '[見る](https://example.jp/)',
  '![x](y)',
  '**太字** _斜体_',
  '# 見出し',
  '- 項目',
  '1. 項目',
  '"}],"body":[{',
  '{"$part":"frame/head","$when":"${true}"}',
  '帰(かえ)る',
  '`',
  '\\',
  '\r\n## x',
  '\u202e逆',
  '<b>x</b>',
);
const text = fc
  .array(fc.oneof(nasty, fc.string({ unit: 'grapheme', maxLength: 20 })), { minLength: 1, maxLength: 4 })
  .map((parts) => parts.join(''))
  .filter((written) => quoted(written).quoted !== '');

describe('what people wrote', () => {
  test('changes the text it stands in and nothing else of the card', () => {
    fc.assert(
      fc.property(text, text, (name, note) => {
        const onTime = JSON.stringify(drawn(wedOnTimeCard(answered('甲乙丙')), 'ja').card);
        const inner = JSON.stringify(quoted(note).quoted).slice(1, -1);
        expect(JSON.stringify(drawn(wedOnTimeCard(answered(note)), 'ja').card)).toBe(
          onTime.replaceAll('甲乙丙', () => inner),
        );

        const summary = JSON.stringify(drawn(wedSummaryCard(named('子丑寅', '甲乙丙')), 'ja').card);
        const runs = summary
          .replaceAll('甲乙丙', () => inner)
          .replaceAll('"title":"子丑寅"', () => `"title":${JSON.stringify(quotedPlain(name).quoted)}`)
          .replaceAll('子丑寅', () => JSON.stringify(quoted(name).quoted).slice(1, -1));
        expect(JSON.stringify(drawn(wedSummaryCard(named(name, note)), 'ja').card)).toBe(runs);
      }),
      { numRuns: 300, seed: 20261118 },
    );
  });

  test('stands on one line and starts no date function', () => {
    fc.assert(
      fc.property(text, (written) => {
        expect(quoted(written).quoted).not.toMatch(/[\p{Cc}\u202a-\u202e]|\{\{(DATE|TIME)/u);
      }),
    );
  });

  test('loses every sign of markdown where markdown may be read, and keeps its letters', () => {
    expect(quotedPlain('**見本** [一郎](x) #1').quoted).toBe('＊＊見本＊＊ ［一郎］（x） ＃1');
    fc.assert(
      fc.property(text, (written) => {
        expect(quotedPlain(written).quoted).not.toMatch(/[[\]()*_#`\\{}<>~|-]|^\d+\./);
      }),
    );
  });

  test('goes into text runs and titles of choices only, never into a text that reads markdown', () => {
    const card = drawn(wedSummaryCard(named('子丑寅', '甲乙丙')), 'ja').card;
    const holders = JSON.stringify(card).match(/\{"type":"TextBlock"[^{}]*(子丑寅|甲乙丙)/g);
    expect(holders).toBeNull();
  });

  test('never reaches what is read aloud, the toast or the fallback text', () => {
    const { data, summary } = wedSummaryCard(named('子丑寅', '甲乙丙'));
    const { speak, fallbackText }: { speak?: string; fallbackText?: string } = data;
    expect(`${speak}${fallbackText}${summary}`).not.toMatch(/子丑寅|甲乙丙/);
  });
});
