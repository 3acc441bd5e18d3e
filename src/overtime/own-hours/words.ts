/** What the own card of a person says, in one language. `room` names what is left under a limit of so many hours. */
export interface OwnHoursWords {
  programme: string;
  title: (month: number) => string;
  duration: (minutes: number) => string;
  body: { plain: string; shared: string; manager: string };
  through: (day: string) => string;
  nothingYet: string;
  facts: {
    month: string;
    year: string;
    months45: string;
    manager: string;
    flagged: string;
    health: string;
    monthEnd: string;
    yearEnd: string;
  };
  /** 「5か月（上限6か月）」 */
  months: (count: number, allowed: number) => string;
  room: {
    month: (hours: string) => string;
    year: (hours: string) => string;
    average: (hours: string) => string;
    restriction: string;
  };
  left: (duration: string) => string;
  nothingLeft: string;
  noRecord: (month: string) => string;
  noAverage: string;
  passed: string;
  within: string;
  /** What so many hours more would pass. */
  whatIf: {
    label: string;
    choice: (hours: number) => string;
    button: string;
    passes: (hours: number, limits: string) => string;
    passesNothing: (hours: number) => string;
    limit: {
      month: (hours: string) => string;
      year: (hours: string) => string;
      average: (hours: string) => string;
      months45: string;
    };
    between: string;
  };
  /** A window that would pass: 「3か月の平均が12月に80時間を超える見込みです」 */
  breaks: (months: number, when: number, hours: string) => string;
  breaksLabel: string;
  about: { purpose: string; readers: string; kept: string };
}
