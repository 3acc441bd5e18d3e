import type { IntervalWords, RequestWords } from './words.ts';

export const en: IntervalWords = {
  programme: 'Rest between shifts',
  title: 'Please get some rest',
  body: (rest, target) =>
    `You had ${rest} between leaving and starting (guide: ${target} or more). Put your health first; ask your manager about a later start. You can stop this.`,
  rest: { label: 'This time', targetLabel: 'Guide', atLeast: (target) => `${target} or more` },
  buttons: { consult: 'I will ask', fine: 'I am fine', stop: 'Stop these notices' },
  form: {
    note: 'To your manager (nothing is passed on until you send it)',
    hint: 'Please do not name other people',
    missing: 'Please write what you want to ask.',
    draft: 'I had little rest between leaving and starting. May I talk with you about a later start?',
    send: 'Send this',
  },
  strip: {
    sent: (at) => `✓ Sent to your manager (${at})`,
    seen: (at) => `✓ Your message was seen (${at})`,
    fine: (at) => `✓ I am fine (${at})`,
    stopped: (at) => `■ These notices are stopped (${at})`,
  },
  after: {
    sent: 'Your manager, or the deputy, receives it. Speak to them if it is urgent.',
    seen: 'Your manager, or the deputy, has seen it.',
    fine: 'Your answer was recorded. Do not push yourself if you feel unwell.',
    stopped: 'Write "resume" to receive them again.',
  },
  said: { label: 'What you wrote', open: '“', close: '”' },
  closedBody: 'If you feel unwell, talk to your manager.',
  about: {
    purpose: 'Advice for your health. It is no appraisal of your work.',
    readers: 'You alone. Your manager sees what you send, and a monthly count for the section.',
    kept: 'Answers 93 days, what you wrote 31 days',
  },
};

export const enRequest: RequestWords = {
  title: 'A request to you',
  body: 'Somebody with less rest than the guide asks about a later start. Please talk with them.',
  hidden: 'Name and words are behind "Show names"; looking is recorded.',
  shared: 'On a shared terminal name and words are not shown.',
  who: 'From',
  said: { label: 'Message', open: '“', close: '”' },
  rest: 'Rest',
  button: 'Seen',
  seen: (at) => `✓ Seen (${at})`,
  seenBody: 'The person was told that you have seen it.',
  about: {
    purpose: 'Health, and talking about working hours',
    readers: 'The manager, or the deputy when away. Tell us if this is not your section.',
    kept: 'Answers 93 days, the message 31 days',
  },
};
