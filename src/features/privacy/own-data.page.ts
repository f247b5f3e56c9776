import { together } from '../../lib/db';
import type { Formatter } from '../../lib/format';
import type { Translate } from '../../lib/i18n';
import type { Actor } from '../organisations/organisations.model';
import { competenceNames } from '../skills/skills.model';
import { KINDS, type RetentionKind, SEEN_BY } from './kinds';
import { type Line, MOST_LINES, selectAccount, selectLines } from './own-data.queries';
import { findWaitingErasure, selectRetention } from './privacy.model';

/** What is known, in sentences. */
export interface ToldKind {
  kind: string;
  /** Keys of who may see it. */
  seenBy: readonly string[];
  /** How long it is kept, in months; undefined: as long as the person is a member. */
  months: number | undefined;
  lines: { at: Date | null; words: string }[];
  /** There is more in the file. */
  isCut: boolean;
}

/** Everything that is known of the actor in the organisation in scope, in the words of `t`. */
export async function readOwnData(actor: Actor, t: Translate, fmt: Formatter) {
  const lines = await selectLines(actor);
  const [accounts] = await together(selectAccount(actor));
  const months = await selectRetention(actor.organisation_id);
  const waiting = await findWaitingErasure(actor);
  const names = await competenceNames(actor.language);
  const skill = (code: unknown) => names.get(String(code))?.plain_name ?? String(code);
  const kinds = KINDS.map(({ kind, retention }): ToldKind => {
    const own = lines.get(kind) ?? [];
    return {
      kind,
      seenBy: SEEN_BY[kind] ?? [],
      months: retention && retention !== 'leavers' ? months[retention as RetentionKind] : undefined,
      lines: own.map((line) => ({ at: line.at && new Date(line.at), words: sentence(line, t, fmt, skill) })),
      isCut: own.length === MOST_LINES,
    };
  });
  return { account: accounts.rows[0], kinds, months, waiting };
}
export type OwnData = Awaited<ReturnType<typeof readOwnData>>;

function sentence({ kind, line, parts }: Line, t: Translate, fmt: Formatter, skill: (code: unknown) => string): string {
  const said: Record<string, string> = {};
  for (const [part, given] of Object.entries(parts)) said[part] = given === null ? '' : String(given);
  if (parts.code !== undefined) said.skill = skill(parts.code);
  if (parts.codes !== undefined) said.skills = said.codes?.split(' ').map(skill).join(', ') ?? '';
  if (parts.source !== undefined) said.source = t(`skills.source.${parts.source}`);
  if (typeof parts.level === 'number') said.level = t('privacy.level', { level: fmt.number(parts.level, 1) });
  else if (typeof parts.help === 'number') said.level = t(`common.help.${parts.help}`);
  if (parts.tester !== undefined) said.state = t(`together.tester.${parts.tester}`);
  if (parts.why !== undefined && parts.why !== 'other')
    said.message = [t(`together.why.${parts.why}`), said.message].filter(Boolean).join('. ');
  if (parts.name === null) said.name = t('privacy.somebody');
  return t(`privacy.line.${kind}.${line}`, said).replace(/[\s:–]+$/, '');
}
