/* The peer of overtime-import: every row of a CSV file through csv-parse, and nothing done with it. */
import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';

let rows = 0;
for await (const _row of createReadStream(process.argv[2] ?? '').pipe(parse())) rows += 1;
console.log(rows);
