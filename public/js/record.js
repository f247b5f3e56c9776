// A sound recorded here is put into the form's file field; nothing is sent before the form is. Without this, or without a
// microphone, a file can be chosen.
const LONGEST = 10 * 60 * 1000;
const KINDS = [
  ['audio/webm', 'webm'],
  ['audio/mp4', 'm4a'],
  ['audio/ogg', 'ogg'],
];

for (const place of document.querySelectorAll('[data-record-into]')) begin(place);

function begin(place) {
  const field = document.getElementById(place.dataset.recordInto);
  const kind = window.MediaRecorder && KINDS.find(([mime]) => MediaRecorder.isTypeSupported(mime));
  if (!field || !kind || !navigator.mediaDevices) return;
  const button = place.querySelector('button');
  const words = button.querySelector('span');
  const say = place.querySelector('[data-say]');
  let recorder;
  place.hidden = false;

  button.addEventListener('click', async () => {
    if (recorder?.state === 'recording') return recorder.stop();
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true }).catch(() => undefined);
    if (!stream) {
      say.textContent = say.dataset.refused;
      return;
    }
    const pieces = [];
    recorder = new MediaRecorder(stream, { mimeType: kind[0], audioBitsPerSecond: 48_000 });
    recorder.addEventListener('dataavailable', ({ data }) => pieces.push(data));
    recorder.addEventListener('stop', () => {
      for (const track of stream.getTracks()) track.stop();
      const chosen = new DataTransfer();
      chosen.items.add(new File(pieces, `${place.dataset.recordName}.${kind[1]}`, { type: kind[0] }));
      field.files = chosen.files;
      field.dispatchEvent(new Event('change', { bubbles: true }));
      words.textContent = say.dataset.start;
      say.textContent = say.dataset.ready;
    });
    recorder.start();
    setTimeout(() => recorder.state === 'recording' && recorder.stop(), LONGEST);
    words.textContent = say.dataset.stop;
    say.textContent = say.dataset.on;
  });
}
