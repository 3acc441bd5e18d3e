import type { ReasonCode } from './emergency/rules.ts';

interface AboutWords {
  purpose: string;
  readers: string;
  kept: string;
}

/** Every sentence of this room. Ruby in brackets is on every word with kanji; the frame keeps it at the first use on a card. */
export interface Words {
  notices: {
    programme: string;
    title: string;
    body: string;
    names: Record<'C01' | 'C02' | 'C03' | 'C08' | 'C12', string>;
    /** Why a programme cannot be stopped. */
    cannot: Record<'C01' | 'C02' | 'C03' | 'C08', string>;
    receiving: string;
    stopped: string;
    stoppedStrip: (names: string) => string;
    outside: string;
    outsideOn: string;
    outsideOff: string;
    week: string;
    weekUsed: (used: number, budget: number) => string;
    weekMore: string;
    weekMoreCount: (n: number) => string;
    buttons: { stop: string; resume: string; outsideOn: string; outsideOff: string };
    about: AboutWords;
  };
  emergency: {
    programme: string;
    title: { none: string; running: string };
    body: string;
    runningStrip: (n: number) => string;
    until: (end: string, reason: string) => string;
    counts: (stopped: number, left: number) => string;
    reasons: Record<ReasonCode, string>;
    start: {
      open: string;
      section: string;
      sectionHint: string;
      sectionMissing: string;
      reason: string;
      reasonHint: string;
      reasonMissing: string;
      until: string;
      untilMissing: string;
      send: string;
    };
    manage: { open: string; mode: string; modeMissing: string; longer: string; end: string; extend: string };
    problems: Record<
      'unknown-section' | 'several-sections' | 'not-yours' | 'running' | 'too-long' | 'not-later',
      string
    >;
    about: AboutWords;
  };
  ended: {
    title: string;
    byItself: (end: string) => string;
    byHand: (end: string) => string;
    body: string;
    section: string;
    period: string;
    reason: string;
    stopped: string;
    left: string;
    cards: (n: number) => string;
    about: AboutWords;
  };
  restPlan: {
    programme: string;
    title: string;
    body: string;
    name: string;
    buttons: { planned: string; 'not-yet': string; off: string };
    answered: Record<'planned' | 'not-yet' | 'off', (at: string) => string>;
    after: Record<'planned' | 'not-yet' | 'off', string>;
    closed: string;
    about: AboutWords;
  };
}
