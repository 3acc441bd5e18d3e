import { cycleObjections } from './cycles.ts';
import { directionObjections } from './directions.ts';
import { houseOf } from './house.ts';
import type { TextFile } from './reader.ts';
import { treeObjections } from './tree.ts';
import { worldObjections } from './world.ts';

/** Everything the house rules object to in these files, each as one sentence. Empty means: built as it should be. */
export function objections(files: TextFile[]): string[] {
  const house = houseOf(files);
  return [
    ...treeObjections(house),
    ...directionObjections(house),
    ...worldObjections(house),
    ...cycleObjections(house),
  ];
}
