import type { Words } from './words.ts';

export const en: Words = {
  programme: 'Delivery',
  alarm: {
    title: { open: 'Teams refuses cards', closed: 'Teams accepts again' },
    strip: { open: '▲ Sending is held back', closed: '✓ Sending again' },
    body: {
      open: 'Twenty people in a row were refused. In the Teams admin centre, check that Kaeru is on and assigned. One person a minute is tried; it resumes by itself.',
      closed:
        'What was refused and is still of use is sent again by itself. Nothing to do. Write "unreachable" to see who still cannot be reached.',
    },
    since: 'Refused since',
    until: 'Accepted again',
    undone: 'No longer marked unreachable',
    about: {
      purpose: 'To tell those in charge that sending stopped, so that they look for the cause',
      readers: 'Personnel section and ICT',
      kept: '93 days',
    },
  },
  list: {
    title: 'Who is not reached',
    some: (n) => `▲ ${n} cannot be reached`,
    nobody: '✓ Everybody can be reached',
    body: 'Staff in service to whom no card can be sent, without those on leave of absence.',
    hidden: 'Showing names is recorded.',
    named: 'It was recorded that names were shown.',
    shared: 'A shared terminal shows counts only.',
    denied: 'Only the personnel section and ICT can see this list.',
    classes: {
      'no-id': 'No id in the roster',
      'no-chat': 'No chat',
      unreachable: 'No longer reached',
      sender: 'Not in the roster',
    },
    todo: {
      'no-id': 'No id in the roster: write the AADオブジェクトID into the staff file and import it.',
      'no-chat': 'No chat: check in the Teams admin centre that the app is given to them.',
      unreachable: 'No longer reached: ask them to install the app again, or to write to Kaeru.',
      sender: 'Not in the roster: find out whose id it is and correct the staff file.',
    },
    why: {
      'no-id': 'No id',
      'not-opened': 'Never used the app',
      'opening-pending': 'Chat is to be opened',
      'opening-refused': 'Chat was refused',
      'opening-unknown': 'Unclear whether a chat was opened',
      uninstalled: 'Removed the app',
      blocked: 'Blocked',
      'not-found': 'Chat not found',
      refused: 'Refused by Teams',
    },
    byBureau: 'By bureau',
    noBureau: 'No bureau',
    others: (n) => `${n} more`,
    columns: { staff: 'Number', name: 'Name', section: 'Section', why: 'Reason', since: 'Since' },
    senderColumns: { aad: 'Teams id', first: 'First', last: 'Last', times: 'Times' },
    about: {
      purpose: 'To put right why somebody is not reached, and to tell them on paper until then',
      readers: 'Personnel section and ICT',
      kept: 'The list is not kept; that it was shown, 5 years',
    },
  },
};
