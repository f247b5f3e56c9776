import fs from 'node:fs/promises';

/** npm run import:framework -- FILE: puts a framework of skills beside those there are. Safe to run again. */
async function main(file: string | undefined): Promise<void> {
  if (!file) throw new Error('Which file? Run: npm run import:framework -- FILE');
  const { FrameworkFault, readFramework } = await import('./features/skills/framework-file.js');
  const text = await fs.readFile(file, 'utf8').catch(() => {
    throw new Error(`${file} cannot be read. Is the name right?`);
  });
  try {
    await bringIn(readFramework(text));
  } catch (error) {
    throw error instanceof FrameworkFault ? new Error(`${file}: ${error.message}. Nothing was imported.`) : error;
  }
}

async function bringIn(framework: import('./features/skills/framework.js').Framework): Promise<void> {
  const { config } = await import('./config.js');
  const { openConfiguredDatabase } = await import('./start-up.js');
  const { openAsOwner } = await import('./lib/migrate.js');
  const { useDatabase } = await import('./lib/db.js');
  const { importFramework } = await import('./features/skills/skills.service.js');

  const database = await openConfiguredDatabase(config, { besideServer: true });
  const owner = openAsOwner(database.ownerUrl);
  try {
    useDatabase(owner);
    const outcome = await importFramework(framework);
    for (const line of told(framework, outcome)) console.log(line);
  } finally {
    await owner.destroy();
    await database.close();
  }
}

function told({ key, version, nodes }: import('./features/skills/framework.js').Framework, outcome: string): string[] {
  const name = `${key} ${version}`;
  if (outcome === 'unchanged') return [`${name}: this is already here. Nothing changed.`];
  const kinds = Map.groupBy(nodes, (node) => node.kind);
  const statuses = Map.groupBy(
    nodes.flatMap((node) => node.texts),
    (text) => `${text.language} ${text.status}`,
  );
  return [
    `${name}: ${outcome === 'imported' ? 'imported beside the others' : 'new content in place of the old'}.`,
    `  In it: ${[...kinds].map(([kind, of]) => `${kind} ${of.length}`).join(', ')}.`,
    `  Texts: ${[...statuses].map(([status, of]) => `${status} ${of.length}`).join(', ')}.`,
  ];
}

main(process.argv[2]).catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
