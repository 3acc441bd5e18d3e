import type { Db } from '../../ports/database.ts';

/**
 * A section that a staff file made before it had a code, or before `sections` knew the code, gives way to the row with the
 * code; its people and posts come along, those of the past too.
 */
export async function giveWay(db: Db, row: { code: string; path: string; import_id: string }): Promise<void> {
  const made = db.deleteFrom('section').where('import_id', '!=', row.import_id);
  await made.where('id', '=', row.code).execute();
  const { numDeletedRows } = await made.where('code', 'is', null).where('path', '=', row.path).executeTakeFirst();
  if (Number(numDeletedRows) === 0) return;
  for (const table of ['staff_row', 'post', 'section_setting'] as const)
    await db.updateTable(table).set({ section_id: row.code }).where('section_id', '=', row.path).execute();
}
