import type { Words } from './words.ts';

/** English. The buttons of C01 are those of personnel.md 2. */
export const en: Words = {
  programme: 'No-overtime day',
  reasons: {
    emergency: 'Urgent matter',
    counter: 'Counter or telephone',
    deadline: 'Work with a deadline',
    meeting: 'Meeting',
    assembly: 'City assembly',
    disaster: 'Disaster or accident',
    other: 'Other',
  },
  onTime: {
    title: { wednesday: 'No-overtime day', section: 'No-overtime day' },
    body: {
      wednesday: (end) =>
        `Today is no-overtime day. Please leave at ${end} unless something urgent keeps you. Will you leave on time?`,
      section: (end) =>
        `Today is your section's no-overtime day. Please leave at ${end} unless something urgent keeps you.`,
    },
    buttons: {
      leave: 'I will leave on time',
      stay: 'I will stay (reason, time)',
      unsure: 'Not sure yet',
      off: 'Not applicable today',
    },
    answered: {
      leave: (at) => `✓ I will leave on time (${at})`,
      stay: (at) => `● I will stay (${at})`,
      unsure: (at) => `? Not sure yet (${at})`,
      off: (at) => `– Not applicable today (${at})`,
    },
    after: {
      leave: { fixed: 'Your answer is recorded.', open: 'Your answer is recorded. If plans change, press Change.' },
      stay: { fixed: '', open: '' },
      unsure: { fixed: 'Your answer is recorded.', open: 'When you know, press Change.' },
      off: { fixed: 'Recorded as not applicable.', open: 'Recorded as not applicable.' },
    },
    nowAnswered: (answer) => `Your answer now: ${answer}`,
    chooseAgain: 'Choose a new answer. If you do not, the present one stays.',
    undecided: 'Your manager has not answered yet. You may go on with urgent work.',
    acknowledged: (at, until) =>
      until ? `✓ Your manager acknowledged until ${until} (${at})` : `✓ Your manager acknowledged (${at})`,
    acknowledgedBody: 'This is not an overtime order. Orders are made in the staff system.',
    askedToFinish: (at) => `▲ Your manager asked you to finish (${at})`,
    askedToFinishBody: 'Please stop at a good point. If you need to go on, tell your manager.',
    closedWith: 'This is what was recorded.',
    closedWithout: 'No answer was recorded. You need do nothing.',
    factAnswer: 'Answer',
    factReason: 'Reason',
    factUntil: 'Until',
    factHead: 'Manager',
    noTime: 'not known',
    noteLabel: 'You wrote',
    noteSays: { open: '“', close: '”' },
    form: {
      reason: 'Why you stay',
      reasonHint: 'Choose one',
      reasonMissing: 'Please choose why you stay.',
      until: 'Planned end',
      note: 'Details (needed for “Other”, else optional)',
      noteHint: 'Please do not write anything that identifies a person',
      send: 'Tell my manager',
    },
    about: {
      purpose: 'To help everyone leave on time and to arrange the work of those who stay',
      readers:
        'Your manager (or the deputy) sees name, reason, time and details of those who stay; of other answers only the number.',
      kept: 'Answers 93 days, details 31 days, acknowledgements 3 years',
    },
  },
  summary: {
    title: "Today's answers",
    teamTitle: 'Your team now',
    resultTitle: 'Result of the day',
    counts: {
      leave: 'Leave on time',
      stay: 'Stay',
      unsure: 'Not sure',
      off: 'Not applicable',
      unanswered: 'No answer',
      notSent: 'Not delivered',
    },
    nobodyStays: '✓ Nobody plans to stay',
    someStay: (n) => (n === 1 ? '● 1 person plans to stay' : `● ${n} people plan to stay`),
    allDecided: '✓ Your answers are recorded',
    bodyNobody: 'You need do nothing.',
    bodyHidden: 'Show names gives names and reasons. Looking is recorded.',
    bodyNamed: 'Acknowledging is not an overtime order. Orders are made in the staff system.',
    growing: 'Figures follow the answers.',
    final: 'Answers are closed.',
    columns: { name: 'Name', reason: 'Reason', until: 'Until' },
    waiting: 'Waiting for you',
    decided: {
      acknowledged: (until) => (until ? `Acknowledged until ${until}` : 'Acknowledged'),
      'asked-to-finish': () => 'Asked to finish',
    },
    choose: 'Whom you answer',
    chooseMissing: 'Please choose at least one person.',
    buttons: { acknowledged: 'Acknowledge', 'asked-to-finish': 'Ask to finish' },
    about: {
      purpose: 'To arrange the work of those who stay and to protect their health',
      readers: 'You and, while you are away, your deputy. If somebody here is not your staff, please tell us.',
      kept: 'Answers 93 days, details 31 days, acknowledgements 3 years',
    },
  },
  result: {
    body: 'The answers of the no-overtime day, counted. No names are shown.',
    button: 'I have seen this',
    seen: '✓ You have seen this',
    about: {
      purpose: 'To help your section review its work',
      readers: 'You and, while you are away, your deputy. If this is not your section, please tell us.',
      kept: 'Answers 93 days, then only the numbers',
    },
  },
};
