import type { DraftContent } from '../../src/features/authoring/drafts.document';
import { as, page } from '../support/browser';
import { anOrganisation, aPerson } from '../support/factories';
import { aDraft, aTextLesson } from '../support/factories-authoring';

/** The original was mended after the Swedish had followed it; the last block is in Finnish only. */
function aLessonBehind(): DraftContent {
  const content = aTextLesson();
  const texts = (fi: string, sv?: string) => ({
    fi: { text: fi, follows: 1 },
    ...(sv && { sv: { text: sv, follows: 1 } }),
  });
  return {
    ...content,
    title: { fi: 'Kiire on merkki', sv: 'Brådska' },
    blocks: [
      { id: 'eka', kind: 'text', version: 2, texts: texts('Mennyt', 'Förr') },
      { id: 'toka', kind: 'text', version: 1, texts: texts('Sama', 'Samma') },
      { id: 'kolmas', kind: 'text', version: 1, texts: texts('Vain suomeksi') },
    ],
  };
}

const rowOf = ($: ReturnType<typeof page>, language: string) =>
  $('.coverage-lesson > div').filter((_, one) => $(one).find('dt').text().startsWith(language));

describe('the languages of a course', () => {
  it('digime-06: tell how much is current, and lead to each block that is behind and to where the rest is written', async () => {
    const organisation = await anOrganisation();
    const author = await aPerson({ organisation, roles: ['learner', 'author'] });
    const draft = await aDraft(author, { content: aLessonBehind() });
    const $ = page(await as(author).get(`/write/courses/${draft.course_id}/languages`).expect(200));
    expect(
      $('.coverage progress')
        .map((_, one) => $(one).attr('value'))
        .get(),
    ).toEqual(['100', '0', '33', '0']);
    const swedish = rowOf($, 'Swedish');
    expect(swedish.text()).toContain('One part is missing');
    expect(
      swedish
        .find('dd a')
        .map((_, one) => $(one).attr('href'))
        .get(),
    ).toEqual([`/write/drafts/${draft.id}?variant=sv#piece-eka`]);
    expect(swedish.find('dt a').attr('href')).toBe(`/write/drafts/${draft.id}/page?language=sv`);
    expect(rowOf($, 'English').text()).toContain('3 parts are missing');
    expect(rowOf($, 'Finnish')).toHaveLength(0);
    // The links stand where a writer meets the course.
    const address = `/write/courses/${draft.course_id}/languages`;
    expect(page(await as(author).get('/write'))(`a[href="${address}"]`)).toHaveLength(1);
    expect(page(await as(author).get(`/write/drafts/${draft.id}/page`))(`a[href="${address}"]`)).toHaveLength(1);
  });

  it('are for authors of the organisation that has the course', async () => {
    const organisation = await anOrganisation();
    const author = await aPerson({ organisation, roles: ['learner', 'author'] });
    const { course_id } = await aDraft(author, { content: aLessonBehind() });
    const address = `/write/courses/${course_id}/languages`;
    await as(await aPerson({ organisation }))
      .get(address)
      .expect(403);
    await as(await aPerson({ roles: ['learner', 'author'] }))
      .get(address)
      .expect(404);
    await as(author).get('/write/courses/x/languages').expect(404);
  });
});
