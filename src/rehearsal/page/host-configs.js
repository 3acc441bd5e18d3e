// @ts-check
/** What Teams' own clients draw cards with, for the three themes. Colours pass AA on their backgrounds. */

const families =
  '"Segoe UI", "Noto Sans CJK JP", "Noto Sans JP", "Hiragino Sans", "Yu Gothic UI", Meiryo, system-ui, sans-serif';

/** @param {string} plain @param {string} subtle */
const shades = (plain, subtle) => ({ default: plain, subtle });

/**
 * @param {{ text: string, subtle: string, accent: string, good: string, warning: string, attention: string, line: string,
 *   boxes: Record<string, [string, string]> }} colours boxes: background and border of each container style
 */
function hostConfig(colours) {
  const foregroundColors = {
    default: shades(colours.text, colours.subtle),
    dark: shades(colours.text, colours.subtle),
    light: shades(colours.text, colours.subtle),
    accent: shades(colours.accent, colours.accent),
    good: shades(colours.good, colours.good),
    warning: shades(colours.warning, colours.warning),
    attention: shades(colours.attention, colours.attention),
  };
  const style = (/** @type {string} */ name) => {
    const [backgroundColor, borderColor] = colours.boxes[name] ?? ['transparent', 'transparent'];
    return { backgroundColor, borderColor, foregroundColors };
  };
  return {
    fontFamily: families,
    fontSizes: { small: 12, default: 14, medium: 15, large: 18, extraLarge: 24 },
    fontWeights: { lighter: 300, default: 400, bolder: 600 },
    lineHeights: { small: 17, default: 21, medium: 22, large: 25, extraLarge: 32 },
    spacing: { small: 4, default: 8, medium: 12, large: 16, extraLarge: 24, padding: 12 },
    separator: { lineThickness: 1, lineColor: colours.line },
    imageSizes: { small: 32, medium: 52, large: 100 },
    supportsInteractivity: true,
    containerStyles: {
      default: style('default'),
      emphasis: style('emphasis'),
      accent: style('accent'),
      good: style('good'),
      warning: style('warning'),
      attention: style('attention'),
    },
    inputs: {
      label: {
        inputSpacing: 4,
        requiredInputs: { weight: 'bolder', color: 'default', size: 'default', suffix: ' *', suffixColor: 'attention' },
        optionalInputs: { weight: 'bolder', color: 'default', size: 'default' },
      },
      errorMessage: { color: 'attention', size: 'small', spacing: 'small', weight: 'bolder' },
    },
    actions: {
      maxActions: 6,
      spacing: 'large',
      buttonSpacing: 8,
      actionsOrientation: 'horizontal',
      actionAlignment: 'left',
      showCard: { actionMode: 'inline', inlineTopMargin: 12, style: 'emphasis' },
    },
    adaptiveCard: { allowCustomStyle: false },
    textStyles: {
      heading: { size: 'large', weight: 'bolder', color: 'default', isSubtle: false },
      columnHeader: { weight: 'bolder', size: 'default', color: 'default', isSubtle: false },
    },
    textBlock: { headingLevel: 4 },
    table: { cellSpacing: 6 },
    factSet: {
      title: { color: 'default', size: 'default', weight: 'bolder', wrap: true, isSubtle: false, maxWidth: 160 },
      value: { color: 'default', size: 'default', wrap: true, isSubtle: false },
      spacing: 12,
    },
  };
}

export const hostConfigs = {
  light: hostConfig({
    text: '#242424',
    subtle: '#595959',
    accent: '#4f52b2',
    good: '#0b6a0b',
    warning: '#7a4b00',
    attention: '#b10e1c',
    line: '#e0e0e0',
    boxes: {
      default: ['#ffffff', '#ffffff'],
      emphasis: ['#f3f3f5', '#f3f3f5'],
      accent: ['#ebebf9', '#c5c6ec'],
      good: ['#e9f5e9', '#b4d9b4'],
      warning: ['#fdf4e3', '#eccf98'],
      attention: ['#fcebed', '#f0bcc1'],
    },
  }),
  dark: hostConfig({
    text: '#ffffff',
    subtle: '#c6c6c6',
    accent: '#aab1fa',
    good: '#a1d8a1',
    warning: '#f7c873',
    attention: '#f5a9b1',
    line: '#4d4d4d',
    boxes: {
      default: ['#292929', '#292929'],
      emphasis: ['#363636', '#363636'],
      accent: ['#2d2f52', '#4f52b2'],
      good: ['#1d3a1f', '#3a6b3c'],
      warning: ['#43320f', '#77591b'],
      attention: ['#4a1d22', '#85333c'],
    },
  }),
  contrast: hostConfig({
    text: '#ffffff',
    subtle: '#ffffff',
    accent: '#1aebff',
    good: '#3ff23f',
    warning: '#ffff01',
    attention: '#ff9b9b',
    line: '#ffffff',
    boxes: {
      default: ['#000000', '#000000'],
      emphasis: ['#1f1f1f', '#ffffff'],
      accent: ['#00323a', '#1aebff'],
      good: ['#003300', '#3ff23f'],
      warning: ['#333300', '#ffff01'],
      attention: ['#3d0000', '#ff9b9b'],
    },
  }),
};
