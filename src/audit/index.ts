export { type Act, noteAct } from './note-act.ts';
