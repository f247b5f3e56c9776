import { withTyped } from '../semantics/body';
import { type Params, pathName, type Shelf } from '../semantics/walk';
import { wordSpots } from './words';

/** The content with other words; whatever else is sent is passed over, so that nothing moves from its place. */
export function withWords(params: Params, folder: string, shelf: Shelf, typed: Record<string, unknown>): Params {
  const names = wordSpots(params, folder, shelf).filter(({ field }) => field.kind === 'text');
  const words = names.flatMap(({ path }) => {
    const text = typed[pathName(path)];
    return typeof text === 'string' ? [[pathName(path), text] as const] : [];
  });
  return withTyped(params, folder, shelf, Object.fromEntries(words));
}
