import yauzl from 'yauzl';

const OFFICE: Record<string, { mime: string; inside: string }> = {
  docx: {
    mime: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    inside: 'word/document.xml',
  },
  xlsx: { mime: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', inside: 'xl/workbook.xml' },
  pptx: {
    mime: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
    inside: 'ppt/presentation.xml',
  },
  odt: { mime: 'application/vnd.oasis.opendocument.text', inside: 'content.xml' },
  odp: { mime: 'application/vnd.oasis.opendocument.presentation', inside: 'content.xml' },
};
const MOST_ENTRIES = 5000;

export interface ReadDocument {
  ending: string;
  mime: string;
}

/** A PDF, or an office document without programs in it, told by its content and its ending together; undefined for all else. */
export async function readDocument(file: string, start: Buffer, ending: string): Promise<ReadDocument | undefined> {
  if (start.toString('latin1', 0, 5) === '%PDF-')
    return ending === 'pdf' ? { ending, mime: 'application/pdf' } : undefined;
  const office = OFFICE[ending];
  if (!office || start.toString('latin1', 0, 4) !== 'PK\x03\x04') return undefined;
  const names = await entriesOf(file).catch(() => [] as string[]);
  const hasPrograms = names.some(
    (name) => /vbaproject|\.bin$|basic\/|scripts\//i.test(name) && !/printersettings/i.test(name),
  );
  return names.includes(office.inside) && !hasPrograms ? { ending, mime: office.mime } : undefined;
}

function entriesOf(file: string): Promise<string[]> {
  return new Promise((resolve, reject) => {
    yauzl.open(file, { lazyEntries: true }, (error, zip) => {
      if (error || !zip) return reject(error);
      const names: string[] = [];
      zip.on('error', reject);
      zip.on('end', () => resolve(names));
      zip.on('entry', (entry) => {
        names.push(String(entry.fileName));
        if (names.length > MOST_ENTRIES) {
          zip.close();
          return reject(new Error('too many entries'));
        }
        zip.readEntry();
      });
      zip.readEntry();
    });
  });
}
