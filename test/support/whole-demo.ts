// Tests that walk the whole product on a copy of the demo: they commit, and take their time.
jest.setTimeout(300_000);
