// Counts that a search ended in a call (nothing of who), and draws the places of the list on a map.
for (const link of document.querySelectorAll('a[data-contact]'))
  link.addEventListener('click', () => {
    const theme = new URLSearchParams(location.search).get('theme') ?? '';
    navigator.sendBeacon(`/find-support/${link.dataset.contact}/contact`, new URLSearchParams({ theme }));
  });

const map = document.getElementById('map');
const places = [...document.querySelectorAll('.place[data-lat]')];
if (map && places.length > 0) draw().catch(() => map.setAttribute('hidden', ''));

async function draw() {
  const sheet = document.createElement('link');
  Object.assign(sheet, { rel: 'stylesheet', href: map.dataset.sheet });
  document.head.append(sheet);
  await new Promise((resolve, reject) => {
    sheet.addEventListener('load', resolve);
    sheet.addEventListener('error', reject);
  });
  const L = await import(map.dataset.leaflet);
  map.removeAttribute('hidden');
  map.setAttribute('role', 'region');
  map.setAttribute('aria-label', map.dataset.label);
  const view = L.map(map, { scrollWheelZoom: false });
  if (map.dataset.tiles) L.tileLayer(map.dataset.tiles, { maxZoom: 18 }).addTo(view);
  const points = places.map((place) => {
    const at = [Number(place.dataset.lat), Number(place.dataset.lon)];
    const words = place.querySelector('h3').textContent;
    const icon = L.icon({ iconUrl: map.dataset.marker, iconSize: [25, 41], iconAnchor: [12, 41] });
    const link = document.createElement('a');
    Object.assign(link, { textContent: words, href: place.querySelector('.place__act a:last-of-type').href });
    const marker = L.marker(at, { icon, title: words, alt: words }).bindPopup(link).addTo(view);
    // Without pictures of a map, only names tell one pin from another; on a narrow one they would hide each other.
    if (!map.dataset.tiles && places.length < 9 && (map.clientWidth > 600 || places.length === 1))
      marker.bindTooltip(words, { permanent: true, direction: 'top', offset: [0, -40] });
    return at;
  });
  view.fitBounds(L.latLngBounds(points).pad(0.2), { maxZoom: 13 });
}
