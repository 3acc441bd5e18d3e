import type { CliOption, Room } from '../ports/room.ts';
import { openDueAt } from './sealed/open-due-files.ts';

export {
  conversationOf,
  conversationsOf,
  knownAads,
  markReachable,
  markUnreachable,
  noteUnknownSender,
  rememberConversation,
  rememberOpened,
  unreachableAads,
} from './chats/queries.ts';
export { takeInstall } from './chats/take-install.ts';
export { takeRemoval } from './chats/take-removal.ts';
export { type Acting, actingFor } from './duties/acting.ts';
export { type Delegations, delegations, staffOfTeams } from './duties/delegations.ts';
export { rolesOf, rolesOn } from './duties/roles.ts';
export { officeOf, standInsFor, standInsOfSection } from './duties/stand-ins.ts';
export {
  chatsOf,
  isOnPage,
  leavesOn,
  membersNamed,
  membersOfHeads,
  membersOn,
  ownMinutes,
  pageBehind,
  peopleAtOnce,
} from './pages/queries.ts';
export {
  directReports,
  headsOn,
  importsRevision,
  leaveOf,
  leaveOn,
  readerByAad,
  readerOf,
  readersOn,
  setLanguage,
  staffByAad,
  staffEverHeld,
  staffMemberOn,
  staffOn,
} from './queries.ts';
export {
  isInService,
  ownEndOf,
  ownStartOf,
  type Planned,
  receivingWindow,
  type StaffMember,
  whyAway,
} from './rules.ts';

export { runImport } from './run-import.ts';
export { sectionSetAt } from './section-settings/queries.ts';
export { type HeadSetting, pathOfMember, type SettingFor, settingFor } from './section-settings/rules.ts';
export { headSettings, type OwnSection, ownSections, setSection } from './section-settings/set-section.ts';
export { findSection } from './sections/find-section.ts';
export { allSections } from './sections/queries.ts';
export { resolveSection } from './sections/resolve-section.ts';

const dryRun: CliOption = { flags: '--dry-run', description: '確認だけを行い、保存しません' };
const text = (value: string | boolean | undefined) => (typeof value === 'string' ? value : undefined);

/** Staff, sections, posts and leave: files in, and who is who on a date. What only an import needs is loaded by it. */
export const peopleRoom: Room = {
  name: 'people',
  cli: [
    {
      name: 'import staff',
      description: '職員の名簿を取り込みます（全員分のファイル）',
      arguments: '<file>',
      options: [
        dryRun,
        {
          flags: '--effective <date>',
          description: 'いつから有効か（既定は今日。先の日付のときは、その日まで封印します）',
        },
        { flags: '--confirm-leavers', description: 'ファイルにいない職員が20％を超えても取り込みます' },
      ],
      run: async (ports, args, options) =>
        (await import('./roster/import-staff.ts')).importStaff(ports, args[0] ?? '', {
          dryRun: options.dryRun === true,
          effective: text(options.effective),
          confirmLeavers: options.confirmLeavers === true,
        }),
    },
    {
      name: 'import sections',
      description: '所属の一覧（コード・名称・後継）を取り込みます',
      arguments: '<file>',
      options: [dryRun],
      run: async (ports, args, options) =>
        (await import('./sections/import-sections.ts')).importSections(ports, args[0] ?? '', options.dryRun === true),
    },
    {
      name: 'import posts',
      description: '所属長・部長・庶務担当・代理の一覧を取り込みます',
      arguments: '<file>',
      options: [dryRun],
      run: async (ports, args, options) =>
        (await import('./posts/import-posts.ts')).importPosts(ports, args[0] ?? '', options.dryRun === true),
    },
    {
      name: 'import leave',
      description: '休暇・出張の予定、又は付与日数（--balances）を取り込みます',
      arguments: '<file>',
      options: [dryRun, { flags: '--balances', description: '付与日数と繰越日数のファイルとして読みます' }],
      run: async (ports, args, options) => {
        const take =
          options.balances === true
            ? (await import('./leave/import-balances.ts')).importBalances
            : (await import('./leave/import-leave.ts')).importLeave;
        return take(ports, args[0] ?? '', options.dryRun === true);
      },
    },
  ],
  everyMinute: openDueAt,
};
