import areas from '../../data/areas.json';

/** A municipality with its region; the table `areas` holds the same. */
export interface Area {
  code: string;
  parent_code: string | null;
  fi: string;
  sv: string;
  en: string;
}

export const REGIONS: readonly Area[] = areas.regions.map(({ code, fi, sv, en }) => ({
  ...{ code, fi, sv, en, parent_code: null },
}));

export const MUNICIPALITIES: readonly Area[] = areas.regions
  .flatMap(({ code: parent_code, municipalities }) =>
    Object.entries(municipalities as unknown as Record<string, string>).map(([code, names]) => {
      const [fi = '', sv = fi] = names.split('/');
      return { code, parent_code, fi, sv, en: fi };
    }),
  )
  .sort((a, b) => a.fi.localeCompare(b.fi, 'fi'));

const byCode = new Map([...REGIONS, ...MUNICIPALITIES].map((area) => [area.code, area]));

export const isMunicipality = (code: unknown): boolean => MUNICIPALITIES.some((one) => one.code === code);

/** The area's name in the language of the page; the code when there is no such area. */
export function areaName(code: string, lang: string): string {
  const area = byCode.get(code);
  return area?.[lang.startsWith('sv') ? 'sv' : lang.startsWith('en') ? 'en' : 'fi'] ?? code;
}

/** The municipality or region of this name or code in any language; undefined when none has it. */
export function findArea(text: string): Area | undefined {
  const wanted = text.trim().toLocaleLowerCase('fi');
  if (!wanted) return undefined;
  return [...MUNICIPALITIES, ...REGIONS].find((area) =>
    [area.code, area.fi, area.sv, area.en].some((name) => name.toLocaleLowerCase('fi') === wanted),
  );
}

/** Codes of the municipalities of an area: of a region all, of a municipality itself. */
export const codesOf = ({ code, parent_code }: Area): string[] =>
  parent_code ? [code] : MUNICIPALITIES.filter((one) => one.parent_code === code).map((one) => one.code);
