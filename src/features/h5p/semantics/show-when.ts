import { shownValue } from './typed';
import { isObject, type Path, pathName, type Spot } from './walk';

/** Where a rule's field lies, from the field whose rule it is: beside it, or further out by `../`. */
export function ruleName(path: Path, field: string): string {
  const parts = field.split('/');
  const ups = parts.filter((part) => part === '..').length;
  return pathName([...path.slice(0, path.length - 1 - ups), ...parts.filter((part) => part !== '..' && part !== '.')]);
}

/** What a rule's value is as a form's field shows it. */
export const wantedText = (wanted: unknown) => (typeof wanted === 'boolean' ? (wanted ? 'yes' : 'no') : String(wanted));

/** Whether the answers so far call for this field. A rule about a field that is not there says nothing. */
export function isShown({ path, field }: Spot, spots: ReadonlyMap<string, Spot>): boolean {
  if (!field.showWhen) return true;
  const met = field.showWhen.rules.map((rule) => {
    const asked = spots.get(ruleName(path, rule.field));
    if (!asked) return true;
    if (isObject(asked.value)) return rule.equals.includes(asked.value.library);
    const shown = shownValue(asked.field, asked.value);
    return rule.equals.some((wanted) => shown === wantedText(wanted));
  });
  return field.showWhen.every ? met.every(Boolean) : met.some(Boolean);
}
