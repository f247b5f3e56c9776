// What this device keeps, for pages and for the worker: typed text, kept pages, answers that wait for the network.
// Each row names its person by a mark that tells nothing of them. Where a browser keeps nothing, all of this is silent.
self.deviceStore = (() => {
  let opened;

  function open() {
    opened ??= self.idb.openDB('oppiva', 1, {
      upgrade(database) {
        database.createObjectStore('typed', { keyPath: ['person', 'form'] });
        const outbox = database.createObjectStore('outbox', { keyPath: 'sequence', autoIncrement: true });
        outbox.createIndex('person', 'person');
        const pages = database.createObjectStore('pages', { keyPath: 'address' });
        pages.createIndex('person', 'person');
        database.createObjectStore('facts');
      },
      blocking: () => opened?.then((database) => database.close()).finally(() => forget()),
      terminated: () => forget(),
    });
    return opened;
  }

  function forget() {
    opened = undefined;
  }

  /** What `work` makes of the database; `otherwise` when the browser gives none. */
  async function use(work, otherwise) {
    try {
      return await work(await open());
    } catch {
      return otherwise;
    }
  }

  return {
    use,
    get: (store, key) => use((database) => database.get(store, key)),
    /** True when it is on the disk. */
    put: (store, row, key) => use((database) => database.put(store, row, key).then(() => true), false),
    remove: (store, key) => use((database) => database.delete(store, key)),
    all: (store) => use((database) => database.getAll(store), []),
    ofPerson: (store, person) => use((database) => database.getAllFromIndex(store, 'person', person), []),
  };
})();
