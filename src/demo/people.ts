import type { Relation, Role } from '../features/organisations/organisations.model';
import type { Language } from '../lib/i18n';
import type { Rows } from './bulk';
import { type Calendar, dateOnly, HISTORY_MONTHS } from './calendar';
import { Chance } from './chance';
import { inventName, UserNames } from './names';
import type { Named } from './organisations';

export interface Member {
  id: string;
  organisationId: string;
  name: string;
  language: Language;
  relation: Relation;
  /** The ready profile that their skills grow by. */
  profile: string;
  /** What is agreed as their targets. */
  targets: string;
  startedOn: Date;
  /** When they left, for the few who did. */
  leftOn: Date | null;
  /** Chance of their own: what one person does never changes another's history. */
  chance: Chance;
  named: Named | undefined;
}

export interface NewMember {
  organisation: { id: string; slug: string };
  named?: Named | undefined;
  relation?: Relation;
  profile?: string;
  targets?: string | undefined;
  swedish?: boolean;
}

/** Makes people one after another, with their credentials and membership. */
export class People {
  private readonly userNames = new UserNames();
  count = 0;

  constructor(
    private readonly rows: Rows,
    private readonly calendar: Calendar,
    private readonly passwordHash: string,
  ) {}

  add({ organisation, named, swedish = false, ...usual }: NewMember): Member {
    this.count += 1;
    const chance = new Chance(`person ${this.count}`, this.count);
    const member: Member = {
      id: chance.uuid(),
      organisationId: organisation.id,
      name: named?.name ?? inventName(chance, swedish),
      language: named?.language ?? (swedish ? 'sv' : named ? 'fi' : languageOf(chance)),
      relation: named?.relation ?? usual.relation ?? 'employee',
      profile: named?.profile ?? usual.profile ?? 'professional',
      targets: named?.profile ?? usual.targets ?? usual.profile ?? 'professional',
      startedOn: this.calendar.monthsAgo(named ? HISTORY_MONTHS : startMonth(chance)),
      leftOn: !named && chance.happens(0.02) ? this.calendar.daysAgo(chance.whole(5, 60)) : null,
      chance,
      named,
    };
    const username = named?.account ?? this.userNames.of(member.name);
    // Many clients and some peers have no e-mail; they sign in by user name.
    const hasEmail = chance.happens(member.relation === 'client' ? 0.4 : 0.88) || named?.account !== undefined;
    this.rows.add('people', {
      id: member.id,
      username,
      email: hasEmail ? `${username}@${organisation.slug}.example` : null,
      name: member.name,
      language: member.language,
      created_at: member.startedOn,
      simple_mode: named?.simple ?? false,
      simple_offered_at: named?.simple ? member.startedOn : null,
      text_size: named?.simple ? 1 : 0,
    });
    this.rows.add('credentials', {
      person_id: member.id,
      password_hash: this.passwordHash,
      changed_at: member.startedOn,
    });
    this.join(member, organisation.id, named?.roles ?? ['learner'], member.startedOn);
    return member;
  }

  /** Brings a person into one more organisation. */
  join(member: Member, organisationId: string, roles: readonly Role[], on: Date): void {
    const isFirst = organisationId === member.organisationId;
    this.rows.add('memberships', {
      id: member.chance.uuid(),
      organisation_id: organisationId,
      person_id: member.id,
      roles,
      relation: isFirst ? member.relation : 'volunteer',
      target_profile: isFirst ? member.targets : member.profile,
      started_on: dateOnly(on),
      ended_on: isFirst && member.leftOn ? dateOnly(member.leftOn) : null,
    });
  }
}

function languageOf(chance: Chance): Language {
  const at = chance.next();
  if (at < 0.84) return 'fi';
  if (at < 0.92) return 'fi-x-selko';
  return at < 0.97 ? 'sv' : 'en';
}

/** Most were there when the history begins; others came on the way. */
function startMonth(chance: Chance): number {
  return chance.happens(0.7) ? HISTORY_MONTHS : chance.between(3, HISTORY_MONTHS);
}
