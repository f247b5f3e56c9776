import { randomUUID } from 'node:crypto';
import { findSignIn } from '../features/accounts/accounts.model';
import { type Achievement, findAchievement, insertAchievement } from '../features/credentials/achievements.model';
import { findByKey, findCredential, ownCredentials } from '../features/credentials/credentials.model';
import { acceptCredential } from '../features/credentials/credentials.service';
import { finishedOf } from '../features/credentials/finished.service';
import { giveBadge } from '../features/credentials/managed.service';
import { offerFor } from '../features/credentials/offers.service';
import { findEntry, findRequest, type WorkKind } from '../features/ledger/ledger.model';
import { askCertificate, checkWork, signCertificate, tellWork } from '../features/ledger/ledger.service';
import { makeSupporterPath } from '../features/ledger/supporter-path.service';
import { type Actor, findActor, selectOwnOrganisations } from '../features/organisations/organisations.model';
import { addCalendarDays, dayOf } from '../lib/calendar';
import { db } from '../lib/db';
import { withScope } from '../lib/scope';

const SIGNER: Achievement['texts'] = {
  fi: {
    name: 'Turvallinen kirjautuja',
    criteria:
      'Käy kurssi vahvasta tunnistautumisesta ja vastaa sen visaan. Tunnet hyvän salasanan ja pidät tunnukset itselläsi.',
    words: 'Lukko ja avain, vieressä mustikanvarpu',
  },
  sv: {
    name: 'Säker inloggare',
    criteria:
      'Gå kursen om stark autentisering och svara på frågorna. Du känner igen ett bra lösenord och håller koderna för dig själv.',
    words: 'Ett lås och en nyckel, bredvid en blåbärskvist',
  },
  en: {
    name: 'Safe signer-in',
    criteria:
      'Finish the course on strong identification and answer its quiz. You know a good password and keep your codes to yourself.',
    words: 'A lock and a key beside a blueberry sprig',
  },
};
const HELPER: Achievement['texts'] = {
  fi: {
    name: 'Rauhallinen neuvoja',
    criteria: 'Ammattilainen on nähnyt, että ohjaat niin, että toinen tekee itse ja oppii.',
    words: 'Kaksi ihmistä saman pöydän ääressä',
  },
  sv: {
    name: 'Lugn handledare',
    criteria: 'En professionell har sett att du handleder så att den andra gör själv och lär sig.',
    words: 'Två människor vid samma bord',
  },
  en: {
    name: 'Calm guide',
    criteria: 'A professional has seen that you guide so that the other does it and learns.',
    words: 'Two people at one table',
  },
};

const WORK: [daysAgo: number, minutes: number, kind: WorkKind, topic: string][] = [
  [6, 90, 'place', 'Verkkopankkiin kirjautuminen'],
  [13, 60, 'visit', 'OmaKannan viestit'],
  [20, 120, 'writing', 'Oppitunti: hyvä salasana'],
  [41, 90, 'place', 'Puhelimen päivitys'],
  [48, 75, 'testing', 'Ajanvaraussivun testaaminen'],
  [62, 60, 'visit', 'Videovastaanotto'],
];

/** Badges, a path of peer supporters and hours of one, made as people would make them. Needs the open database; done once. */
export async function addDemoBadges(now = new Date()): Promise<void> {
  const [admin, learner] = [await actorNamed('admin'), await actorNamed('learner')];
  const [expert, professional] = [await actorNamed('expert'), await actorNamed('professional')];
  if (!admin || !learner || !expert || !professional) throw new Error('the demo lacks an account');
  const [signer, helper] = await as(admin, async () => {
    await makeSupporterPath(admin, randomUUID());
    const course = await db()('courses').where({ exchange_id: 'strong-auth-passwords' }).first('id');
    return [
      await aBadge(admin, SIGNER, 'lock', course?.id ?? null),
      await aBadge(admin, HELPER, 'hands', null),
    ] as const;
  });
  await as(professional, () =>
    giveBadge(professional, helper, {
      person: learner.id,
      key: randomUUID(),
      reason: 'Neuvoit työkaveria niin, että hän teki itse.',
    }),
  );
  await as(learner, async () => {
    for (const finished of await finishedOf(learner)) await offerFor(learner, finished);
  });
  await takeAsExpert(admin, expert, signer);
  await hoursOf(expert, admin, now);
}

async function aBadge(
  admin: Actor,
  texts: Achievement['texts'],
  template: Achievement['template'],
  course: string | null,
) {
  const id = randomUUID();
  await insertAchievement({
    ...{ id, organisation_id: admin.organisation_id, course_id: course, path_id: null, texts, template },
    competences: [{ code: template === 'lock' ? '4.2' : '5.4', level: template === 'lock' ? 3 : 4 }],
    ...{ valid_months: template === 'lock' ? 24 : null, created_by: admin.id },
  });
  return (await findAchievement(admin.organisation_id, id)) as Achievement;
}

async function takeAsExpert(admin: Actor, expert: Actor, badge: Achievement): Promise<void> {
  const key = randomUUID();
  await as(admin, () =>
    giveBadge(admin, badge, { person: expert.id, key, reason: 'Kirjoitit oppitunnin hyvästä salasanasta.' }),
  );
  await as(expert, async () => {
    const row = await findByKey(expert, `hand ${key}`);
    const how = { shown_name: expert.name, is_public: true, by_email: false, evidence: '', language: 'fi' as const };
    if (row) await acceptCredential(expert, row, how);
  });
}

async function hoursOf(expert: Actor, admin: Actor, now: Date): Promise<void> {
  const today = dayOf(now);
  for (const [index, [daysAgo, minutes, kind, topic]] of WORK.entries()) {
    const id = randomUUID();
    const done_on = addCalendarDays(today, -daysAgo);
    await as(expert, () => tellWork(expert, { id, done_on, minutes, kind, topic, note: '' }));
    if (index < 2) continue;
    const said = { minutes: index === 4 ? 60 : minutes, kind, note: index === 4 ? 'Olimme paikalla tunnin.' : '' };
    await as(admin, async () => {
      const entry = await findEntry(admin.organisation_id, id);
      if (entry) await checkWork(admin, entry, said);
    });
  }
  const asked = {
    id: randomUUID(),
    from_on: addCalendarDays(today, -90),
    to_on: addCalendarDays(today, -30),
    skills: ['4.2'],
  };
  await as(expert, () => askCertificate(expert, asked));
  await as(admin, async () => {
    const request = await findRequest(admin.organisation_id, asked.id);
    if (request) await signCertificate(admin, request, 'Digituen koordinaattori');
  });
  await as(expert, async () => {
    const work = (await ownCredentials(expert)).find(({ kind }) => kind === 'work');
    const row = work && (await findCredential(expert.organisation_id, work.id));
    const how = { shown_name: expert.name, is_public: true, by_email: false, evidence: '', language: 'fi' as const };
    if (row) await acceptCredential(expert, row, how);
    await askCertificate(expert, { ...asked, id: randomUUID(), to_on: today });
  });
}

async function actorNamed(username: string): Promise<Actor | undefined> {
  const known = await findSignIn(username);
  const [first] = known ? await selectOwnOrganisations(known.person_id) : [];
  return known && first && (await findActor(first.organisation_id, known.person_id));
}

const as = <T>(actor: Actor, work: () => Promise<T>): Promise<T> =>
  withScope({ organisationId: actor.organisation_id, personId: actor.id }, work);
