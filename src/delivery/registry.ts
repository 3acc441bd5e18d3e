import type { CardVerb, ChatCommand, DrawItem, OccasionRule, Room } from '../ports/room.ts';

/** What the rooms offer, found by name. */
export interface Registry {
  rules: OccasionRule[];
  commands: ChatCommand[];
  draw(rule: string): DrawItem | null;
  verb(name: string): CardVerb | null;
  verbOf(rule: string): CardVerb | null;
}

/** Reads the rooms' doors once. Throws when two rooms claim one name: that is a fault of the program. */
export function registryOf(rooms: Room[]): Registry {
  const drawings = unique(
    rooms.flatMap((room) => room.cards ?? []).flatMap((kind) => kind.rules.map((rule) => [rule, kind.draw] as const)),
  );
  const all = rooms.flatMap((room) => room.verbs ?? []);
  const verbs = unique(all.map((verb) => [verb.name, verb] as const));
  const byRule = unique(all.flatMap((verb) => verb.rules.map((rule) => [rule, verb] as const)));
  return {
    rules: rooms.flatMap((room) => room.rules ?? []),
    commands: rooms.flatMap((room) => room.commands ?? []),
    draw: (rule) => drawings.get(rule) ?? null,
    verb: (name) => verbs.get(name) ?? null,
    verbOf: (rule) => byRule.get(rule) ?? null,
  };
}

function unique<T>(entries: (readonly [string, T])[]): Map<string, T> {
  const map = new Map<string, T>();
  for (const [name, value] of entries) {
    if (map.has(name)) throw new Error(`Two rooms claim the name ${name}.`);
    map.set(name, value);
  }
  return map;
}
