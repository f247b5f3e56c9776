import { anyone, Routes } from './routes';

let stopping = false;

/** From now on a proxy is told to send its requests elsewhere. */
export function startStopping(): void {
  stopping = true;
}

/** For the proxy in front: 200 while this server takes requests, 503 when it is about to stop. */
export const health = new Routes('/health');

health.get('', anyone, (_req, res) => {
  res
    .status(stopping ? 503 : 200)
    .type('text/plain')
    .send(stopping ? 'stopping' : 'ok');
});
