/** Areas of a road map's topics: the four of the digital compass first. Words in the locale `processes.area.*`. */
export const AREAS = [
  'skills',
  'infrastructure',
  'business',
  'services',
  'cooperation',
  'participation',
  'other',
] as const;
export type Area = (typeof AREAS)[number];
