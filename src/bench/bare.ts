import { createServer } from 'node:http';

const page = 'x'.repeat(20_000);

/** The least that a Node server can do: 20 kB of the same text. */
createServer((_req, res) => {
  res.setHeader('Content-Type', 'text/html; charset=utf-8');
  res.end(page);
}).listen(Number(process.env.PORT), '127.0.0.1');
