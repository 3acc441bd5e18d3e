// @ts-check
const name = 'kaeru-rehearsal';

/** @typedef {{ language: string, theme: string, phone: boolean }} Preferences */

/** What this browser chose before; Japanese and the device's colours at first. @returns {Preferences} */
export function readPreferences() {
  const first = { language: 'ja', theme: 'auto', phone: false };
  try {
    return { ...first, ...JSON.parse(localStorage.getItem(name) ?? '{}') };
  } catch {
    return first;
  }
}

/** @param {Preferences} preferences */
export function keepPreferences(preferences) {
  try {
    localStorage.setItem(name, JSON.stringify(preferences));
  } catch {
    // A browser that keeps nothing still shows the page.
  }
}

/** The chats that were open in this window; null at a first look. @returns {string[] | null} */
export function readOpenChats() {
  try {
    return JSON.parse(sessionStorage.getItem(name) ?? 'null');
  } catch {
    return null;
  }
}

/** @param {string[]} staff */
export function keepOpenChats(staff) {
  try {
    sessionStorage.setItem(name, JSON.stringify(staff));
  } catch {
    // As above.
  }
}

const dark = matchMedia('(prefers-color-scheme: dark)');
const contrast = matchMedia('(forced-colors: active), (prefers-contrast: more)');

/** The theme to draw: the chosen one, or the device's. @param {string} chosen @returns {'light' | 'dark' | 'contrast'} */
export function themeOf(chosen) {
  if (chosen === 'light' || chosen === 'dark' || chosen === 'contrast') return chosen;
  if (contrast.matches) return 'contrast';
  return dark.matches ? 'dark' : 'light';
}

/** @param {() => void} changed */
export function watchDevice(changed) {
  dark.addEventListener('change', changed);
  contrast.addEventListener('change', changed);
}
