import { describe, expect, test } from 'vitest';
import { elementsOf, textsOf } from '../cards/card-tree.ts';
import { languages, samplesIn } from '../cards/samples.ts';

const claim = { ja: '勤務した時間は全て申請の対象です', easy: 'はたらいた 時間', en: 'All time worked can be claimed' };
const evening = /late-work\/(?:cutoff-2000|stay|last-word|late-work-decision|prior-ok|order-missing)/;

describe.each(languages)('every card of the evening (%s)', (language) => {
  const samples = samplesIn(language).filter((one) => evening.test(one.name));

  test('says in every state that all time worked can be claimed, beside the link to the city’s system (P1, P2)', () => {
    expect(samples.length).toBeGreaterThan(60);
    for (const { name, state, card } of samples.filter((one) => one.state !== 'recalled')) {
      expect(textsOf(card).join('\n'), `${name} ${state}`).toContain(claim[language]);
      const links = elementsOf(card).flatMap((one) => (one.type === 'Action.OpenUrl' ? [one.url] : []));
      expect(links, `${name} ${state}`).toContain('https://attendance.example.jp/');
    }
  });

  test('shows names only where they were asked for, and never in the toast or in what is read aloud (P11)', () => {
    for (const { name, state, card, content } of samples) {
      const heads = /decision|prior-ok|order-missing/.test(name);
      const named = /花子|二郎|リン|一郎/.test(textsOf(card).join('\n'));
      if (heads) expect(named, `${name} ${state}`).toBe(/named|deputy/.test(state));
      expect(`${content.summary}${JSON.stringify(card).split('"body"')[0]}`, `${name} ${state}`).not.toMatch(
        /花子|二郎|一郎/,
      );
    }
  });

  test('has no press when it is closed or withdrawn', () => {
    for (const { name, state, card } of samples.filter((one) => /^(?:closed|recalled)/.test(one.state))) {
      expect(JSON.stringify(card), `${name} ${state}`).not.toContain('"ActionSet"');
    }
  });
});

test('C02 speaks as personnel.md 2 has it, and offers its three answers, the likely one first', () => {
  const asked = samplesIn('ja').find((one) => one.name.endsWith('cutoff-2000') && one.state === 'asked');
  expect(textsOf(asked?.card ?? null)).toContain(
    'まもなく午後8時です。午後8時以降の時間外勤務は、緊急時などやむを得ない場合を除き、原則禁止です。継続が必要なときは所属長にお知らせください。勤務した時間は全て申請の対象です。',
  );
  const set = elementsOf(asked?.card).find((element) => element.type === 'ActionSet');
  const actions = Array.isArray(set?.actions) ? set.actions : [];
  const titles = actions.map((action) =>
    typeof action === 'object' && action !== null && 'title' in action ? action.title : null,
  );
  expect(titles).toEqual(['8時までに終了します', '継続が必要です（理由を入力）', 'すでに退庁しています']);
});
