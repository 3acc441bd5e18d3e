import type { ChatCommand } from '../ports/room.ts';
import { resumeNamed, stopNamed } from './receiving/take-notices.ts';

const notices = { rule: 'pauses.notices', card: 'notices', for: 'everybody' } as const;

const stopCommand: ChatCommand = {
  name: 'pause',
  words: ['停止', 'ていし', 'pause', '設定', 'せってい', 'settings'],
  help: {
    ja: 'お知らせの停止と、勤務時間外の設定をします',
    easy: 'お知(し)らせを とめます。いつ とどくかも えらべます',
    en: 'Stop notices; choose whether they come outside working time',
  },
  ...notices,
  run: (ports, db, reader, argument) => stopNamed(ports, db, reader, argument),
};

const resumeCommand: ChatCommand = {
  name: 'resume',
  words: ['再開', 'さいかい', 'resume'],
  help: {
    ja: '停止したお知らせを再開します',
    easy: 'とめた お知(し)らせを また はじめます',
    en: 'Resume notices you stopped',
  },
  ...notices,
  run: (_ports, db, reader, argument) => resumeNamed(db, reader, argument),
};

const emergencyCommand: ChatCommand = {
  name: 'emergency',
  words: ['災害モード', 'さいがいもーど', 'emergency'],
  help: {
    ja: '災害モードを始め、終え、延長します（所属長・人事課）',
    easy: '災害(さいがい)モードを はじめたり おわったり します',
    en: 'Start, end or extend emergency mode (heads, personnel section)',
  },
  for: ['head', 'hr'],
  rule: 'pauses.emergency',
  card: 'emergency',
  run: async () => {},
};

/** What one may write: 停止, 再開 (with 設定), 災害モード. */
export const commands: ChatCommand[] = [stopCommand, resumeCommand, emergencyCommand];
