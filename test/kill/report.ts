import type { KillReport } from './campaigns.ts';

/** The figures of a run, as its last lines show them. Times are milliseconds from the start of a process. */
export interface Figures {
  kills: number;
  /** Kills that fell into a send: cards were under way, and others still waited. */
  during: number;
  /** Kills that fell into the planning: some people were planned for, others not yet. */
  planning: number;
  campaigns: number;
  lost: number;
  duplicates: number;
  sent: number;
  unknown: number;
  arrived: number;
  unknownMost: number;
  /** First card of a process that had not to plan first, and of one that had; of those killed later than that. */
  firstSend: Spread;
  firstSendAfterPlanning: Spread;
  ready: Spread;
}

interface Spread {
  median: number;
  most: number;
}

export function figuresOf({ campaigns }: KillReport): Figures {
  const lives = campaigns.flatMap((campaign) => campaign.lives);
  const sum = (of: (campaign: KillReport['campaigns'][number]) => number) =>
    campaigns.reduce((total, campaign) => total + of(campaign), 0);
  const firstSends = (planned: boolean) =>
    spreadOf(lives.flatMap((life) => (life.plans === planned && life.firstSend !== null ? [life.firstSend] : [])));
  return {
    kills: lives.length,
    during: lives.filter(({ end }) => (end.states['sending'] ?? 0) > 0 && end.waiting > 0).length,
    planning: lives.filter(({ end }) => end.planning === 'planning').length,
    campaigns: campaigns.length,
    lost: sum(({ verdict }) => verdict.lost.length),
    duplicates: sum(({ verdict }) => verdict.duplicates.length),
    sent: sum(({ verdict }) => verdict.sent),
    unknown: sum(({ verdict }) => verdict.unknown),
    arrived: sum(({ verdict }) => verdict.arrived),
    unknownMost: Math.max(0, ...lives.map(({ end }) => end.states['sending'] ?? 0)),
    firstSend: firstSends(false),
    firstSendAfterPlanning: firstSends(true),
    ready: spreadOf(lives.map((life) => life.ready)),
  };
}

function spreadOf(numbers: number[]): Spread {
  const sorted = [...numbers].sort((a, b) => a - b);
  return { median: sorted[Math.floor(sorted.length / 2)] ?? 0, most: sorted.at(-1) ?? 0 };
}

/** The one line of a run. */
export function summaryLine(report: KillReport): string {
  const { run, faults, seconds } = report;
  const figures = figuresOf(report);
  const books = faults.length === 0 ? 'books balanced after every restart' : `${faults.length} FAULTS`;
  return [
    `${run.store}: ${figures.kills} kills (${figures.during} in a send, ${figures.planning} in planning), seed ${run.seed}, ${run.staff} people`,
    `${figures.campaigns} campaigns, ${figures.sent} sent`,
    `silent loss ${figures.lost}, duplicates ${figures.duplicates}`,
    `unknown ${figures.unknown} (most by one kill ${figures.unknownMost}, ${figures.arrived} of them had arrived)`,
    books,
    `first send ${inSeconds(figures.firstSend)}, with planning ${inSeconds(figures.firstSendAfterPlanning)}`,
    `ready ${inSeconds(figures.ready)}`,
    `${seconds} s`,
  ].join('; ');
}

const inSeconds = ({ median, most }: Spread) => `${(median / 1000).toFixed(1)} s (most ${(most / 1000).toFixed(1)} s)`;
