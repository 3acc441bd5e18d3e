import type { Crossing } from './crossings.ts';
import { durationText } from './months.ts';
import type { Status } from './rules.ts';

/** `overtime status` as an operator reads it: one line for each person and profile. */
export function statusLines(people: readonly Status[]): string[] {
  if (people.length === 0) return ['この月に該当する職員はいません。'];
  return people.map((one) => {
    const year = one.year === null ? '年度 記録なし' : `年度 ${durationText(one.year)}`;
    const months = one.months45 === null ? '' : ` 45時間超 ${one.months45}か月`;
    const where = one.workplace === undefined ? '' : ` ${one.workplace}`;
    const marks = one.passed.length > 0 ? ` 上限超過: ${one.passed.join('、')}` : stagesOf(one);
    const beside = besideOf(one);
    return `${one.staff} ${one.profile}${where} ${one.month}: ${one.display} ${year}${months}${beside}${marks}`;
  });
}

function stagesOf({ stages }: Status): string {
  return stages.length === 0 ? '' : ` 段階: ${stages.join('、')}`;
}

function besideOf({ flagged, managerMinutes, manager }: Status): string {
  const parts = [
    flagged['33条'] > 0 ? `33条 ${durationText(flagged['33条'])}` : '',
    flagged.特例業務 > 0 ? `特例業務 ${durationText(flagged.特例業務)}` : '',
    manager || managerMinutes > 0 ? `管理職 ${durationText(managerMinutes)}` : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? '' : `（別掲: ${parts.join('、')}）`;
}

/** `overtime crossings` as an operator reads it. */
export function crossingLines(crossings: readonly Crossing[]): string[] {
  if (crossings.length === 0) return ['新しく達した段階はありません。'];
  const figure = (stage: string, value: number | null) => {
    if (value === null) return '記録なし';
    return stage.startsWith('months45') ? `${value}か月` : durationText(value);
  };
  return crossings.map(
    ({ staff, profile, month, stage, from, to }) =>
      `${staff} ${profile} ${month} ${stage}: ${figure(stage, from)} → ${figure(stage, to)}`,
  );
}
