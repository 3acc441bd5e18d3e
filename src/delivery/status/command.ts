import type { ChatCommand } from '../../ports/room.ts';
import { listRoles } from './repair-list.ts';
import { listCard, listRule } from './take-list.ts';

/** 未配信: who cannot be reached, and what to do. */
export const listCommand: ChatCommand = {
  name: 'unreachable',
  words: ['未配信', 'みはいしん', 'unreachable'],
  help: {
    ja: 'カードが届かない方と、その理由を見ます（人事課・ICT）',
    easy: 'カードが とどかない 人(ひと)を 見(み)ます',
    en: 'See who cannot be reached, and why (personnel, ICT)',
  },
  for: listRoles,
  rule: listRule,
  card: listCard,
  run: async () => {},
};
