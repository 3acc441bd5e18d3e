import type { OwnHoursWords } from './words.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const nameOf = (month: number) => MONTHS[month - 1] ?? '';

export const en: OwnHoursWords = {
  programme: 'Overtime hours',
  title: (month) => `Overtime in ${nameOf(month)}`,
  duration: (minutes) => `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`,
  body: {
    plain: 'The hours on record and what is left under each limit. Outlooks are estimates from the average so far.',
    shared: 'Hours are not shown on a shared terminal.',
    manager: 'Hours of managers are counted apart from the limits. Health figures include them.',
  },
  through: (day) => `On record until ${day}`,
  nothingYet: 'There is nothing on record this month yet.',
  facts: {
    month: 'This month',
    year: 'This fiscal year',
    months45: 'Months over 45 h',
    manager: 'As a manager (this month)',
    flagged: 'Disaster and special duty (this month)',
    health: 'Health figure (this month, holidays included)',
    monthEnd: 'Outlook for this month',
    yearEnd: 'Outlook for this fiscal year',
  },
  months: (count, allowed) => `${count} (limit ${allowed})`,
  room: {
    month: (hours) => `Up to ${hours} h a month`,
    year: (hours) => `Up to ${hours} h a year`,
    average: (hours) => `Up to an average of ${hours} h (this month)`,
    restriction: 'Up to your restriction',
  },
  left: (duration) => `${duration} left`,
  nothingLeft: 'Nothing left',
  noRecord: (month) => `No record up to ${month}`,
  noAverage: 'No average yet',
  passed: '▲ Above a limit',
  within: '✓ Within the limits',
  whatIf: {
    label: 'What if I work more hours this month',
    choice: (hours) => `${hours} hours more`,
    button: 'Work it out',
    passes: (hours, limits) => `● ${hours} hours more would pass ${limits}`,
    passesNothing: (hours) => `✓ ${hours} hours more would pass no further limit`,
    limit: {
      month: (hours) => `${hours} h a month`,
      year: (hours) => `${hours} h a year`,
      average: (hours) => `an average of ${hours} h`,
      months45: 'the number of months over 45 h',
    },
    between: ' and ',
  },
  breaks: (months, when, hours) => `The ${months}-month average may pass ${hours} h in ${nameOf(when)}`,
  breaksLabel: 'Averages',
  about: {
    purpose: 'To check your own hours and limits, and for your health',
    readers: 'This view: only you. The hours: also your manager, labour relations and occupational health.',
    kept: 'Hours for 7 years. What you try out is not kept.',
  },
};
