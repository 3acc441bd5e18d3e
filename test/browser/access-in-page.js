/**
 * Runs inside the page and returns a list of sentences: controls without a name, images without an alternative, doubled
 * ids, missing landmarks, headings without a level, text under AA contrast (4.5, large text 3).
 */
(() => {
  const visible = (one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest('[aria-hidden=true]');
  const named = (one) => {
    const labels = 'labels' in one ? [...(one.labels ?? [])] : [];
    const by = (one.getAttribute('aria-labelledby') ?? '')
      .split(' ')
      .map((id) => document.getElementById(id)?.textContent);
    return [one.getAttribute('aria-label'), one.textContent, ...by, ...labels.map((label) => label.textContent)].some(
      (text) => text?.trim(),
    );
  };
  const where = (one) =>
    `${one.tagName.toLowerCase()}${one.id && `#${one.id}`}.${one.getAttribute('class') ?? ''} ${one.textContent?.trim().slice(0, 30)}`;
  const all = (selector) => [...document.querySelectorAll(selector)].filter(visible);
  const problems = [];

  for (const one of all(
    'button, a[href], input, select, textarea, summary, [role=button], [role=tab], [role=region], section, nav',
  )) {
    if (!named(one)) problems.push(`no name: ${where(one)}`);
  }
  for (const one of all('img')) if (!one.hasAttribute('alt')) problems.push(`no alternative: ${where(one)}`);
  const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
  for (const id of new Set(ids.filter((id, at) => ids.indexOf(id) !== at))) problems.push(`id twice: ${id}`);
  for (const landmark of ['header', 'main', 'h1']) if (all(landmark).length === 0) problems.push(`no ${landmark}`);
  for (const one of all('[role=heading]'))
    if (!one.hasAttribute('aria-level')) problems.push(`no level: ${where(one)}`);

  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const rgba = (colour) => {
    if (canvas === null) return [0, 0, 0, 0];
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = ([r = 0, g = 0, b = 0]) => {
    const [lr = 0, lg = 0, lb = 0] = [r, g, b].map((part) =>
      part / 255 <= 0.03928 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4,
    );
    return 0.2126 * lr + 0.7152 * lg + 0.0722 * lb;
  };
  const ground = (one) => {
    if (one === null) return [255, 255, 255, 255];
    const colour = rgba(getComputedStyle(one).backgroundColor);
    return (colour[3] ?? 0) > 250 ? colour : ground(one.parentElement);
  };
  for (const one of all('body *')) {
    const text = [...one.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim());
    if (!text || one.closest('[aria-disabled=true]')) continue;
    const style = getComputedStyle(one);
    const [high = 0, low = 0] = [light(rgba(style.color)), light(ground(one))].sort((a, b) => b - a);
    const large =
      Number.parseFloat(style.fontSize) >= 24 ||
      (Number.parseFloat(style.fontSize) >= 18.66 && Number(style.fontWeight) >= 700);
    const contrast = (high + 0.05) / (low + 0.05);
    if (contrast < (large ? 3 : 4.5)) problems.push(`contrast ${contrast.toFixed(2)}: ${where(one)}`);
  }
  return [...new Set(problems)];
})();
