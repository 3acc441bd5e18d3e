import type { StaffMember } from '../../src/people/rules.ts';

/** A member of the office staff from 8:30 to 17:15, with what a test says otherwise. */
export function aStaffMember(differs: Partial<StaffMember> & { staff: string }): StaffMember {
  return {
    valid_from: '2020-04-01',
    name: `見本 ${differs.staff}`,
    email: `s${differs.staff}@example.jp`,
    aad_id: aadOf(differs.staff),
    bureau: '見本局',
    division: '見本部',
    unit: '見本課',
    section_id: '見本局/見本部/見本課',
    section_code: null,
    post: '職員',
    manager: 0,
    head: null,
    work_type: '日勤',
    start_minute: 510,
    end_minute: 1035,
    hired_on: '2020-04-01',
    left_on: null,
    language: 'ja',
    staff_class: null,
    appointer: null,
    category: null,
    workplace: null,
    week_minutes: null,
    terminal: null,
    previous_number: null,
    deputy: null,
    telework: null,
    age_band: null,
    gender: null,
    import_id: 'test',
    ...differs,
  };
}

/** The AADオブジェクトID that goes with a number of six digits in tests. */
export function aadOf(staff: string): string {
  return `00000000-0000-4000-8000-000000${staff.padStart(6, '0')}`;
}
