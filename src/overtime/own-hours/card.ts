import {
  button,
  claimLine,
  commonWords,
  drawCard,
  type Fact,
  type ItemView,
  quoted,
  type Strip,
} from '../../delivery/index.ts';
import type { CardContent } from '../../ports/cards.ts';
import { factsOf, type SetView } from './facts.ts';
import { MORE_HOURS } from './schema.ts';
import { ownHoursWords } from './wording.ts';
import type { OwnHoursWords } from './words.ts';

const VERB = 'overtime.what-if';

/** 残業: a person's own month. */
export interface OwnHoursView extends ItemView {
  itemId: string;
  month: number;
  /** The last day on record, as the reader's language writes it; null where there is nothing yet. */
  throughDay: string | null;
  /** One set of figures for each profile (and 事業場), the first with the outlook. */
  sets: SetView[];
  manager: boolean;
  /** Minutes of the health ledger in this month (P5). */
  health: number;
  /** Shown on a terminal that several people use: no figures (P11). */
  shared?: boolean;
  /** What so many hours more would pass: names of limits such as `month-70`. */
  whatIf?: { hours: number; passes: string[] };
  attendanceLink: string;
}

/** Hours, what is left under every limit in plain words, the outlook, and a trial reckoning. */
export function ownHoursCard(view: OwnHoursView): CardContent {
  const words = ownHoursWords(view.language);
  const shown = view.shared !== true;
  return drawCard(
    'overtime/own-hours',
    view,
    {
      mark: 'kaeru',
      programme: words.programme,
      title: words.title(view.month),
      strip: shown ? stripOf(view, words) : null,
      body: bodyOf(view, words),
      about: words.about,
      toast: commonWords(view.language).neutralToast,
    },
    {
      sets: shown ? setsOf(view, words) : [],
      claims: [claimLine(view.language, view.attendanceLink)],
      asking: shown && !view.manager ? [askingOf(view, words)] : [],
    },
  );
}

function bodyOf(view: OwnHoursView, words: OwnHoursWords): string[] {
  if (view.shared) return [words.body.shared];
  if (view.manager) return [words.body.manager];
  return [view.throughDay === null ? words.nothingYet : words.body.plain];
}

function stripOf({ sets, whatIf }: OwnHoursView, words: OwnHoursWords): Strip {
  if (whatIf !== undefined) {
    if (whatIf.passes.length === 0) return { style: 'good', text: words.whatIf.passesNothing(whatIf.hours) };
    const limits = whatIf.passes.map((name) => limitText(name, words)).join(words.whatIf.between);
    return { style: 'accent', text: words.whatIf.passes(whatIf.hours, limits) };
  }
  const passed = sets.some((set) => set.passed.length > 0);
  return passed ? { style: 'warning', text: words.passed } : { style: 'good', text: words.within };
}

/** `month-70` in words. */
function limitText(name: string, words: OwnHoursWords): string {
  const [family = '', hours = ''] = name.split(/-(.*)/);
  const { limit } = words.whatIf;
  if (family === 'year') return limit.year(hours);
  if (family === 'average') return limit.average(hours);
  return family === 'months45' ? limit.months45 : limit.month(hours);
}

function setsOf(view: OwnHoursView, words: OwnHoursWords): object[] {
  return view.sets.map((set, at) => {
    const named = view.sets.length > 1 ? [{ text: quoted(set.name) }] : [];
    const facts: Fact[] = factsOf(set, words);
    if (at === 0) {
      if (view.throughDay !== null)
        facts[0] = {
          title: facts[0]?.title ?? '',
          value: `${facts[0]?.value ?? ''}（${words.through(view.throughDay)}）`,
        };
      if (view.health > 0) facts.push({ title: words.facts.health, value: words.duration(view.health) });
    }
    return { named, facts };
  });
}

function askingOf(view: OwnHoursView, words: OwnHoursWords): object {
  const choices = MORE_HOURS.map((hours) => ({ title: words.whatIf.choice(hours), value: String(hours) }));
  const value = String(view.whatIf?.hours ?? 20);
  return {
    hours: { label: words.whatIf.label, value, choices },
    send: button(view, VERB, words.whatIf.button, { answer: 'what-if' }),
  };
}
