import { areaName, MUNICIPALITIES } from '../places/areas';

interface Option {
  value: string;
  text: string;
}

/** Municipalities as options: the used ones first, then all. */
export function areaOptions(lang: string, used: readonly string[], none: string): Option[] {
  const option = (value: string): Option => ({ value, text: areaName(value, lang) });
  const rest = MUNICIPALITIES.map(({ code }) => code).filter((code) => !used.includes(code));
  return [{ value: '', text: none }, ...used.map(option), ...rest.map(option)];
}
