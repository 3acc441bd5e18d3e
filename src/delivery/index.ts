export { cardLine } from './card-line.ts';
export {
  type About,
  type Button,
  button,
  claimLine,
  drawCard,
  type Fact,
  type Frame,
  type ItemView,
  type Quoted,
  quoted,
  quotedPlain,
  type Strip,
} from './frame.ts';
export { type LedgerItem, ledger } from './ledger.ts';
export { type Campaign, planForStranger, planItems } from './plan.ts';
export { cancelWaiting, deliveryFigures, holdWaiting, noteActivity, sentItemsOf } from './queries.ts';
export { type Registry, registryOf } from './registry.ts';
export { cardDay, rubyOnce, withoutRuby } from './ruby.ts';
export { type Delivery, startDelivery } from './run.ts';
export { changeItems, takePress } from './take-press.ts';
export { commonWords, personalChatOnly } from './wording.ts';
