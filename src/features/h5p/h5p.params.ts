import { type LibraryRef, parseLibraryName } from './h5p.libraries';

/** Visits every object inside the parameters of a content, from the outside in. */
function* objectsIn(value: unknown): Generator<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield value as Record<string, unknown>;
  for (const child of Object.values(value)) yield* objectsIn(child);
}

/** The libraries that content.json names by `library` strings, once each. */
export function librariesIn(params: unknown): LibraryRef[] {
  const found = new Map<string, LibraryRef>();
  for (const { library } of objectsIn(params)) {
    const ref = typeof library === 'string' ? parseLibraryName(library) : undefined;
    if (ref) found.set(library as string, ref);
  }
  return [...found.values()];
}

/** Media that the content refers to: paths inside its own folder, and hosts outside that the player will not reach. */
export function mediaIn(params: unknown): { paths: string[]; hosts: string[] } {
  const paths = new Set<string>();
  const hosts = new Set<string>();
  for (const { path, mime } of objectsIn(params)) {
    if (typeof path !== 'string' || typeof mime !== 'string') continue;
    if (URL.canParse(path)) hosts.add(new URL(path).host);
    else paths.add(path.replace(/#tmp$/, ''));
  }
  return { paths: [...paths], hosts: [...hosts].filter(Boolean) };
}
