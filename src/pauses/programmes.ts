/** What is known of a programme when the question is whether it may speak. */
export interface ProgrammeFacts {
  /** Names of its rules whose waiting cards 災害モード takes back. */
  rules: readonly string[];
  /** 災害モード stops it (P6). */
  emergencyOff: boolean;
  /** 選挙 stops it for those listed (P7). */
  electionOff: boolean;
  /** A person may stop it for themselves. */
  stoppable: boolean;
}

/**
 * The programmes by the codes of the city's papers. 災害モード stops what asks people to go home (C01, C02, C03, C08); C12 and
 * C13 stay on. Only C12 says of itself that it can be stopped; the others are the city's duty to its staff.
 */
export const PROGRAMMES = {
  C01: { rules: ['no-overtime-day'], emergencyOff: true, electionOff: true, stoppable: false },
  C02: { rules: ['late-work'], emergencyOff: true, electionOff: true, stoppable: false },
  C03: { rules: ['prior-application'], emergencyOff: true, electionOff: true, stoppable: false },
  C08: { rules: ['wlb-day'], emergencyOff: true, electionOff: true, stoppable: false },
  C12: { rules: ['interval'], emergencyOff: false, electionOff: true, stoppable: true },
  C13: { rules: [], emergencyOff: false, electionOff: false, stoppable: false },
} as const satisfies Record<string, ProgrammeFacts>;

export type Programme = keyof typeof PROGRAMMES;

/** Rules whose cards 災害モード takes back. */
export const EMERGENCY_RULES: string[] = Object.values(PROGRAMMES).flatMap((one) =>
  one.emergencyOff ? [...one.rules] : [],
);

const NAMES: Record<Programme, readonly string[]> = {
  C01: ['c01', '定時退庁日'],
  C02: ['c02', '午後8時'],
  C03: ['c03', '事前申請'],
  C08: ['c08', 'ワーク・ライフ・バランスデー'],
  C12: ['c12', 'インターバル', '勤務間インターバル', 'interval'],
  C13: ['c13', '面接'],
};

/** The programme a person means behind 停止 or 再開; null where it is none. The text comes in lower case. */
export function programmeNamed(text: string): Programme | null {
  const found = Object.entries(NAMES).find(([, names]) => names.includes(text.trim()));
  return (found?.[0] as Programme | undefined) ?? null;
}
