import { type Button, button, commonWords, type ItemView } from '../delivery/index.ts';

/** A table shows at most 8 rows, a list to choose from at most 7 (cards.md). */
export const rowsPerPage = 7;
const mostRows = 8;

export interface Page<Row> {
  rows: Row[];
  page: number;
  pages: number;
}

/** The rows of one page; a list that fits is one page, a page that is not there the nearest one. */
export function pageOf<Row>(all: Row[], wanted: number, most = mostRows): Page<Row> {
  if (all.length <= most) return { rows: all, page: 0, pages: 1 };
  const pages = Math.ceil(all.length / rowsPerPage);
  const page = Math.min(Math.max(wanted, 0), pages - 1);
  return { rows: all.slice(page * rowsPerPage, (page + 1) * rowsPerPage), page, pages };
}

/** 「表示する」, or the pages once names are shown. They change nothing but the drawing. */
export function lookButtons(
  view: ItemView,
  verb: string,
  { named, page, pages }: { named: boolean; page: number; pages: number },
): Button[] {
  const common = commonWords(view.language);
  if (!named) return [button(view, verb, common.show, { show: 'names' }, 'positive')];
  const turn = (title: string, to: number) => button(view, verb, title, { show: 'names', page: to });
  return [
    ...(page + 1 < pages ? [turn(common.nextPage, page + 1)] : []),
    ...(page > 0 ? [turn(common.previousPage, page - 1)] : []),
  ];
}
