import type { Ports } from '../../src/ports/room.ts';

/** Everything an import may write, to compare before and after. */
export async function everything({ database: { db } }: Ports): Promise<Record<string, object[]>> {
  return {
    staff: await db.selectFrom('staff_row').selectAll().orderBy('staff').orderBy('valid_from').execute(),
    sections: await db.selectFrom('section').selectAll().orderBy('id').execute(),
    posts: await db.selectFrom('post').selectAll().orderBy('section_id').orderBy('role').orderBy('staff').execute(),
    leave: await db.selectFrom('leave_day').selectAll().orderBy('date').orderBy('staff').orderBy('kind').execute(),
    balances: await db.selectFrom('leave_balance').selectAll().orderBy('staff').orderBy('year').execute(),
    sealed: await db.selectFrom('sealed_file').selectAll().orderBy('id').execute(),
    files: await db.selectFrom('import_file').selectAll().orderBy('id').execute(),
    audit: await db.selectFrom('audit').selectAll().orderBy('seq').execute(),
  };
}
