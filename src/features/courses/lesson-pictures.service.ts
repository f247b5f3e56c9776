import { atomically, db } from '../../lib/db';
import { withScope } from '../../lib/scope';
import type { PublishedBlock } from '../blocks/published';
import { captionsOfFiles } from '../files/captions.model';
import { selectFiles } from '../files/files.model';
import { dressPictures } from '../files/picture-tag';
import { dressBlocks } from './dressed-blocks';

/** A job: shows a file as it is now, with its captions, in the published lessons that have it. Doing it again does no harm. */
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
      const captions = await captionsOfFiles(organisationId, [fileId]);
      for (const { lesson_id, language, html, blocks } of texts) {
        const shown = blocks && dressBlocks(blocks as PublishedBlock[], { files, captions }, language);
        await db()
          .table('lesson_texts')
          .where({ lesson_id, language })
          .update({ html: dressPictures(html, files), ...(shown && { blocks: JSON.stringify(shown) }) });
      }
    }),
  );
}
