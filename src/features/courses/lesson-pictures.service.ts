import { atomically, db } from '../../lib/db';
import { withScope } from '../../lib/scope';
import type { PublishedBlock } from '../blocks/published';
import { selectFiles } from '../files/files.model';
import { dressPictures } from '../files/picture-tag';

/** A job: shows a replaced picture in the published lessons that have it, in its new sizes. Doing it again does no harm. */
export function showReplaced({ organisationId, fileId }: { organisationId: string; fileId: string }): Promise<void> {
  return withScope({ organisationId, personId: null }, () =>
    atomically(async () => {
      const files = await selectFiles(organisationId, [fileId]);
      const texts = await db()
        .table('lesson_texts')
        .whereIn(
          'lesson_id',
          db()
            .table('lesson_files')
            .join('lessons', 'lessons.id', 'lesson_files.lesson_id')
            .where({ file_id: fileId, organisation_id: organisationId })
            .select('lesson_id'),
        )
        .select('lesson_id', 'language', 'html', 'blocks');
      const dressed = (html: string) => dressPictures(html, files);
      for (const { lesson_id, language, html, blocks } of texts) {
        const shown = (blocks as PublishedBlock[] | null)?.map((block) => ({
          ...block,
          html: Object.fromEntries(Object.entries(block.html).map(([name, text]) => [name, dressed(text)])),
        }));
        await db()
          .table('lesson_texts')
          .where({ lesson_id, language })
          .update({ html: dressed(html), ...(shown && { blocks: JSON.stringify(shown) }) });
      }
    }),
  );
}
