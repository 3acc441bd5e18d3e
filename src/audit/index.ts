import type { Room } from '../ports/room.ts';

export { type Act, noteAct } from './note-act.ts';

/** Who did, saw or exported what. */
export const auditRoom: Room = {
  name: 'audit',
  cli: [
    {
      name: 'audit verify',
      description: '監査記録に改変がないことを確かめます',
      run: async (ports) => (await import('./verify-chain.ts')).verifyAudit(ports),
    },
  ],
};
