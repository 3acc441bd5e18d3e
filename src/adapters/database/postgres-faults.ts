import { DatabaseError } from 'pg';
import { StoreUnavailable } from '../../ports/database.ts';
import { Refusal } from '../../ports/room.ts';

/** SQLSTATE classes in which the server, not the statement, is at fault: connection, resources, operator, system, damaged data. */
const faultClasses = ['08', '53', '57', '58', 'XX'];
/** Read-only (a standby), put out of an idle transaction, no lock in time, and a rollback for the sake of others. */
const faultStates = new Set(['25006', '25P03', '55P03', '40001', '40P01']);
/** After these the server has closed the connection, or what is prepared on it fits the tables no more. */
const connectionOver = new Set(['57P01', '57P02', '57P03', '57P05', '25P03', '0A000']);

/** What becomes of an error of a statement: StoreUnavailable where the store is at fault, the error itself otherwise. */
export function faultOf(error: unknown): unknown {
  if (error instanceof StoreUnavailable || !isFault(error)) return error;
  return new StoreUnavailable(`The store answers no statement (PostgreSQL: ${codeOf(error)}).`, { cause: error });
}

/** Taken back for the sake of another one, or more locks wanted at once than the server has room for. */
const oneByOneInstead = ['40001', '40P01', '53200'];

/** Whether the server has taken a transaction back that it may well take in smaller parts, one after the other. */
export function isConflict(error: unknown): boolean {
  return error instanceof StoreUnavailable && oneByOneInstead.includes(codeOf(error.cause));
}

/** Whether the server found that a text is no statement of its tables (SQLSTATE class 42). */
export function isNoStatement(error: unknown): boolean {
  return error instanceof DatabaseError && error.code?.startsWith('42') === true;
}

/** Whether the connection on which that happened is of no use any more. */
export function endsConnection(error: unknown): boolean {
  if (error instanceof DatabaseError) {
    return error.code?.startsWith('08') === true || connectionOver.has(error.code ?? '');
  }
  return isFault(error);
}

/** `pg` tells of a broken connection in plain errors; those of a wrong call are TypeErrors. */
function isFault(error: unknown): boolean {
  if (error instanceof DatabaseError) {
    const code = error.code ?? '';
    return faultStates.has(code) || faultClasses.includes(code.slice(0, 2));
  }
  return error instanceof Error && !(error instanceof TypeError) && !(error instanceof RangeError);
}

const sentences: Record<string, string> = {
  '28P01': 'PostgreSQL の利用者名又はパスワードが違います。',
  '28000': 'この利用者は、この計算機から PostgreSQL に接続できません。pg_hba.conf を確かめてください。',
  '3D000':
    'その名前のデータベースがありません。文字コード UTF8 で作ってください（createdb -E UTF8 -T template0 名前）。',
  '42501': 'この利用者には、データベースに表を作って読み書きする権限がありません。',
  '53300': 'PostgreSQL の接続数が上限に達しています。max_connections か、ほかの接続を確かめてください。',
};

/** The sentence for whoever starts the program, when the store of DATABASE_URL cannot be opened. The URL itself is never shown. */
export function refusalToOpen(error: unknown): unknown {
  if (error instanceof Refusal) return error;
  const cause = error instanceof StoreUnavailable ? error.cause : error;
  const code = codeOf(cause);
  const known = sentences[code];
  if (known !== undefined) return new Refusal('database', known, 'DATABASE_URL');
  if (cause instanceof DatabaseError && !isFault(cause)) return error;
  const message = `PostgreSQL に接続できません（${code}）。サーバーが動いているか、ホスト、ポート、TLS の指定を確かめてください。`;
  return new Refusal('database', message, 'DATABASE_URL');
}

function codeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return error instanceof Error ? error.name : 'unknown';
}
