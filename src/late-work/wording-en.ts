import type { Words } from './words.ts';

const NOT_AN_ORDER = 'Acknowledging is not an overtime order. Orders are made in the staff system.';
const KEPT = 'Answers 93 days, details 31 days, acknowledgements 3 years';
const READERS = 'You and, while you are away, your deputy. If somebody here is not your staff, please tell us.';
const SHARED = 'On a shared terminal only the counts are shown.';

/** English. The text of C02 is that of personnel.md 2; its first sentence is the title. */
export const en: Words = {
  programme: 'After 8 p.m.',
  hour: (minute) => {
    const [hour, rest] = [Math.floor(minute / 60), minute % 60];
    return `${hour % 12 || 12}${rest === 0 ? '' : `:${rest}`} ${hour < 12 ? 'a.m.' : 'p.m.'}`;
  },
  evening: {
    title: {
      cutoff: (hour) => (hour.length > 7 ? `Almost ${hour}` : `It is almost ${hour}`),
      stay: 'Tell that you stay',
      'last-word': 'Your time is up',
    },
    body: {
      cutoff: (hour) =>
        `Overtime after ${hour} is not allowed in principle except in urgent cases. If you must continue, tell your manager. All time worked can be claimed.`,
      stay: 'Your manager is told why you stay and until when. All time worked can be claimed.',
      'last-word': (until) =>
        `It is ${until}, the time your manager acknowledged. Please stop at a good point. If you must continue, tell your manager.`,
    },
    buttons: {
      finish: (minute) => `I will finish by ${minute % 60 === 0 ? Math.floor(minute / 60) % 12 || 12 : 'then'}`,
      continue: 'I must continue (reason)',
      left: 'Already left',
      stop: 'I finish now',
      notNeeded: 'I do not need to stay',
    },
    answered: {
      finish: (at, hour) => (hour === null ? `✓ I finish now (${at})` : `✓ I will finish by ${hour} (${at})`),
      continue: (at) => `● I must continue (${at})`,
      left: (at) => `✓ Already left (${at})`,
    },
    after: {
      finish: { open: 'Your answer is recorded. If plans change, press Change.', fixed: 'Your answer is recorded.' },
      left: { open: 'Your answer is recorded. Good night.', fixed: 'Your answer is recorded. Good night.' },
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
    closedUnanswered: 'Your manager did not answer. Please claim the time you worked in the staff system.',
    closedWithout: 'No answer was recorded. If you worked overtime, please claim it in the staff system.',
    facts: { answer: 'Answer', reason: 'Reason', until: 'Until', head: 'Manager', next: 'Start tomorrow' },
    noTime: 'not known',
    laterStart: 'Later start intended (to be arranged)',
    noteLabel: 'You wrote',
    noteSays: { open: '“', close: '”' },
    form: {
      reason: 'Why you must continue',
      reasonHint: 'Choose one',
      reasonMissing: 'Please choose why you must continue.',
      until: 'Planned end',
      note: 'Details (needed for “Other”, else optional)',
      noteHint: 'Please do not write anything that identifies a person',
      send: 'Tell my manager',
    },
    about: {
      purpose: 'To reduce late overtime and protect your health',
      readers:
        'Your manager (or the deputy) sees name, reason, time and details of those who must continue; of other answers only the number.',
      kept: KEPT,
    },
  },
  decision: {
    title: 'Work after 8 p.m.',
    counts: {
      wishes: 'Must continue',
      unanswered: (hour) => `No answer at ${hour}`,
      acknowledged: 'Acknowledged',
      askedToFinish: 'Asked to finish',
    },
    waiting: (n) => (n === 1 ? '● 1 person waits for your answer' : `● ${n} people wait for your answer`),
    nothing: '✓ Nobody waits for your answer',
    allDecided: '✓ Your answers are recorded',
    bodyHidden: 'Show names gives names and reasons. Looking is recorded.',
    bodyShared: SHARED,
    bodyNamed: NOT_AN_ORDER,
    bodyNothing: 'You need do nothing.',
    optional: 'You have left for today, so answering is optional.',
    vacant: 'The post of the manager is vacant, so the general affairs office is told.',
    columns: { name: 'Name', reason: 'Reason', until: 'Until' },
    noAnswer: 'At work, no answer',
    wait: 'Waiting for you',
    decided: {
      acknowledged: (until) => (until ? `Acknowledged until ${until}` : 'Acknowledged'),
      'asked-to-finish': () => 'Asked to finish',
    },
    choose: 'Whom you answer',
    chooseMissing: 'Please choose at least one person.',
    until: 'Acknowledge until',
    asAsked: 'As each person asked',
    buttons: { acknowledged: 'Acknowledge', 'asked-to-finish': 'Ask to finish' },
    laterStart: {
      body: (hours) => `For some, less than ${hours} hours are left until their next start.`,
      choose: 'Who begins later tomorrow',
      button: 'Later start tomorrow',
      noted: 'Later start noted',
    },
    about: {
      purpose: 'To arrange the work of those who stay and to protect their health',
      readers: READERS,
      kept: KEPT,
    },
  },
  ahead: {
    title: 'Acknowledge ahead',
    body: (hour) => `Until the end of your day you may record who may go on after ${hour}. They get no reminder.`,
    bodyShared: SHARED,
    bodyNamed: (from) => `Valid from ${from}. This is not an overtime order. Orders are made in the staff system.`,
    bodyWithdraw: 'Choose what you withdraw. Reminders start again the same day.',
    count: 'Valid now',
    columns: { name: 'Name', days: 'Days', work: 'Until, work' },
    choose: 'Who',
    chooseMissing: 'Please choose at least one person.',
    days: 'Working days',
    day: (n) => (n === 1 ? '1 day' : `${n} days`),
    until: 'Planned end',
    reason: 'Work',
    reasonHint: 'Choose one',
    reasonMissing: 'Please choose the work.',
    note: 'Details (needed for “Other”, else optional)',
    noteHint: 'Please do not write anything that identifies a person',
    buttons: { record: 'Acknowledge ahead', choose: 'Withdraw one', withdraw: 'Withdraw', back: 'Back' },
    about: {
      purpose: 'To know what goes on after 8 p.m. and to protect health',
      readers: READERS,
      kept: 'Acknowledgements 3 years, details 31 days',
    },
  },
  missing: {
    title: { acknowledged: 'Order not registered', unanswered: 'Order not registered' },
    open: (n) => (n === 1 ? '● 1 record has no order' : `● ${n} records have no order`),
    done: '✓ All are registered',
    body: {
      head: 'No overtime order is registered yet. Please see to it in the staff system.',
      office: 'No order is registered after three working days. Please ask the manager to see to it.',
    },
    bodyShared: SHARED,
    bodyHidden: 'Show names gives the names. Looking is recorded.',
    bodyDone: 'You need do nothing.',
    counts: { acknowledged: 'Acknowledged, no order', unanswered: 'Not answered, no order' },
    columns: { name: 'Name', day: 'Day', what: 'Record' },
    what: {
      acknowledged: (until) => (until ? `Acknowledged until ${until}` : 'Acknowledged'),
      unanswered: (until) => (until ? `Asked until ${until}, no answer` : 'At work, no answer'),
    },
    about: {
      purpose: 'To see that orders are made. All time worked can be claimed.',
      readers: 'The manager (or the deputy); after three working days general affairs. The labour section sees counts.',
      kept: 'Acknowledgements 3 years, answers 93 days',
    },
  },
  list: {
    title: 'Orders missing',
    body: (from, to) => `Counts from ${from} to ${to}, without names. All time worked can be claimed.`,
    nothing: '✓ No order is missing',
    open: (n) => (n === 1 ? '● 1 order is missing' : `● ${n} orders are missing`),
    counts: {
      acknowledged: 'Acknowledged, no order',
      unanswered: 'Not answered, no order',
      withOffice: 'Of these with general affairs',
    },
    columns: { section: 'Section', acknowledged: 'Acknowledged', unanswered: 'Not answered' },
    ofOffice: (n) => `office ${n}`,
    more: (n) => `${n} more sections`,
    about: {
      purpose: 'To see that orders are made',
      readers: 'The labour section. Counts only.',
      kept: 'Acknowledgements 3 years, answers 93 days',
    },
  },
};
