import type { Instant } from '../../ports/clock.ts';
import type { Db } from '../../ports/database.ts';
import type { CardVerb, Ports, Reader } from '../../ports/room.ts';
import { programmeNamed } from '../programmes.ts';
import { outsideHoursOf, putReceiveSetting } from '../queries.ts';
import { noticesSchema } from '../schema.ts';
import { resumeProgramme, stopProgramme } from './stop-programme.ts';

/** 停止・再開 and 「勤務時間外は受け取らない」 by button: the person's own, nobody else's; twice is once. */
export const noticesVerb: CardVerb = {
  name: 'pauses.notices',
  rules: ['pauses.notices'],
  async take(ports, db, press) {
    const read = noticesSchema.safeParse(press.data);
    if (!read.success) return { changed: false, note: 'incomplete' };
    const { staff } = press.reader;
    switch (read.data.answer) {
      case 'stop-C12':
        return { changed: await stopProgramme(ports, db, staff, 'C12', press.at), note: 'recorded' };
      case 'resume-C12':
        return { changed: await resumeProgramme(db, staff, 'C12'), note: 'recorded' };
      case 'outside-on':
        return { changed: await setOutsideHours(db, staff, true, press.at), note: 'recorded' };
      case 'outside-off':
        return { changed: await setOutsideHours(db, staff, false, press.at), note: 'recorded' };
    }
  },
};

async function setOutsideHours(db: Db, staff: string, wanted: boolean, at: Instant): Promise<boolean> {
  if ((await outsideHoursOf(db, staff)) === wanted) return false;
  await putReceiveSetting(db, staff, wanted, at);
  return true;
}

/** 「停止 インターバル」: stops what was named where it can be stopped; anything else only shows the card, which says why not. */
export async function stopNamed(ports: Ports, db: Db, reader: Reader, argument: string): Promise<void> {
  const programme = programmeNamed(argument);
  if (programme !== null) await stopProgramme(ports, db, reader.staff, programme, ports.clock.now());
}

/** 「再開 インターバル」. */
export async function resumeNamed(db: Db, reader: Reader, argument: string): Promise<void> {
  const programme = programmeNamed(argument);
  if (programme !== null) await resumeProgramme(db, reader.staff, programme);
}
