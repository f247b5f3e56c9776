import type { Sent } from './type';

/** A text that was sent under this name; empty when none was. Ends of lines are those of the product. */
export function textIn(sent: Sent | undefined, name: string): string {
  const value = sent?.[name];
  return typeof value === 'string' ? value.replace(/\r\n?/g, '\n') : '';
}

/** All texts that were sent under this name. */
export function textsIn(sent: Sent | undefined, name: string): string[] {
  return [sent?.[name] ?? []].flat().filter((value): value is string => typeof value === 'string');
}
