/** An address inside the product, or the front page: nobody is sent to another site by a link they were given. */
export function localAddress(address: string | undefined): string {
  if (!address || !/^\/(?![/\\])/.test(address) || /[\\\p{Cc}]/u.test(address)) return '/';
  const url = new URL(address, 'http://localhost');
  // Folding "/.//" leaves two slashes in front, and they would name another host.
  const isOurs = url.origin === 'http://localhost' && !url.pathname.startsWith('//');
  return isOurs ? `${url.pathname}${url.search}${url.hash}` : '/';
}
