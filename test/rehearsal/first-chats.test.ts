import { describe, expect, it } from 'vitest';
import type { RehearsalPerson } from '../../src/rehearsal/control.ts';
import { firstChats } from '../../src/rehearsal/first-chats.ts';

function person(staff: string, own: Partial<RehearsalPerson>): RehearsalPerson {
  return {
    staff,
    name: `見本 ${staff}`,
    section: '見本局/見本課',
    post: '主事',
    role: 'staff',
    workType: '日勤',
    ownEnd: 1035,
    language: 'ja',
    head: null,
    away: null,
    aadObjectId: `00000000-0000-4000-8000-0000000000${staff}`,
    ...own,
  };
}

describe('whose chats a first look shows', () => {
  it('shows a clerk, a 時差 clerk and the head of both, all at work', () => {
    const people = [
      person('10', { role: 'head' }),
      person('11', { head: '10' }),
      person('20', { role: 'head' }),
      person('21', { head: '20', away: 'leave' }),
      person('22', { head: '20' }),
      person('23', { head: '20', workType: '時差', ownEnd: 1095 }),
    ];
    expect(firstChats(people)).toEqual(['22', '23', '20']);
  });

  it('falls back to whoever is at work and has Teams', () => {
    const people = [person('10', { aadObjectId: null }), person('11', { away: 'muted' }), person('12', {})];
    expect(firstChats(people)).toEqual(['12']);
  });

  it('shows nobody where there is nobody', () => {
    expect(firstChats([])).toEqual([]);
  });
});
