// Records a voice or a video in the browser. What is recorded stays on this device until it is at the server; where nothing
// can be recorded, the page's file field is there. js/media-upload.js stands before this.
const { forget, left, send, teller } = self.mediaUpload;

const KINDS = {
  audio: ['audio/webm;codecs=opus', 'audio/mp4', 'audio/ogg;codecs=opus'],
  video: ['video/webm;codecs=vp9,opus', 'video/webm;codecs=vp8,opus', 'video/mp4'],
};
const ENDINGS = {
  'audio/webm': 'webm',
  'video/webm': 'webm',
  'audio/mp4': 'm4a',
  'video/mp4': 'mp4',
  'audio/ogg': 'oga',
};
const RATES = { audioBitsPerSecond: 64_000, videoBitsPerSecond: 1_200_000 };

/**
 * Makes a recorder work. `kept` gets the file when it is in the library. Returns what ends it: a microphone that is on goes off.
 * Nothing is returned where nothing can be recorded.
 */
function begin(place, kept) {
  const kind = place.dataset.recorder;
  const mime = window.MediaRecorder && KINDS[kind].find((one) => MediaRecorder.isTypeSupported(one));
  if (!mime || !navigator.mediaDevices) return undefined;
  const part = (name) => place.querySelector(`[data-${name}]`);
  const [start, pause, stop, keep, away] = ['start', 'pause', 'stop', 'send', 'away'].map(part);
  const [state, clock, light, view, listen, play, sent] = [
    'say',
    'time',
    'light',
    'view',
    'listen',
    'play',
    'sent',
  ].map(part);
  const field = place.querySelector('input[name=recording_name]');
  const longest = Number(place.dataset.minutes) * 60;
  const pauseWords = pause.textContent;
  let recorder;
  let recorded;
  let uploadId;
  let seconds = 0;
  let timer;
  let isOver = false;
  place.hidden = false;

  const say = (what) => {
    state.textContent = state.dataset[what];
  };
  const show = (...shown) => {
    for (const one of [start, pause, stop, listen]) one.hidden = !shown.includes(one);
  };
  const wrote = (count) => `${Math.floor(count / 60)}:${String(count % 60).padStart(2, '0')}`;

  function tick() {
    if (recorder.state !== 'recording') return;
    seconds += 1;
    clock.textContent = wrote(seconds);
    if (seconds === longest - 60) say('near');
    if (seconds >= longest) recorder.stop();
  }

  start.addEventListener('click', async () => {
    say('asking');
    const video = kind === 'video' && { width: { ideal: 1280 }, height: { ideal: 720 } };
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video }).catch(() => undefined);
    if (!stream) return say('refused');
    if (isOver) {
      for (const track of stream.getTracks()) track.stop();
      return undefined;
    }
    const pieces = [];
    recorder = new MediaRecorder(stream, { mimeType: mime, ...RATES });
    recorder.addEventListener('dataavailable', ({ data }) => data.size > 0 && pieces.push(data));
    recorder.addEventListener('stop', () => {
      clearInterval(timer);
      for (const track of stream.getTracks()) track.stop();
      if (isOver) return;
      if (view) view.hidden = true;
      light.classList.remove('is-on');
      ready(new Blob(pieces, { type: mime.split(';')[0] }));
      say('done');
      play.focus();
    });
    if (view) {
      view.srcObject = stream;
      view.hidden = false;
      view.play();
    }
    seconds = 0;
    recorder.start(1000);
    timer = setInterval(tick, 1000);
    light.classList.add('is-on');
    say('on');
    show(pause, stop);
    stop.focus();
  });

  pause.addEventListener('click', () => {
    const isPaused = recorder.state === 'paused';
    if (isPaused) recorder.resume();
    else recorder.pause();
    light.classList.toggle('is-on', isPaused);
    pause.textContent = isPaused ? pauseWords : pause.dataset.again;
    say(isPaused ? 'on' : 'paused');
  });
  stop.addEventListener('click', () => recorder.state !== 'inactive' && recorder.stop());

  function ready(blob, id) {
    recorded = blob;
    uploadId = id;
    play.src = URL.createObjectURL(blob);
    pause.textContent = pauseWords;
    show(listen);
  }

  away.addEventListener('click', async () => {
    URL.revokeObjectURL(play.src);
    await forget();
    recorded = undefined;
    clock.textContent = '';
    sent.textContent = '';
    say('ready');
    show(start);
    start.focus();
  });

  keep.addEventListener('click', async () => {
    const ending = ENDINGS[recorded.type] ?? 'webm';
    const name = `${field.value.trim() || place.dataset.name}.${ending}`;
    keep.disabled = true;
    uploadId ??= crypto.randomUUID();
    try {
      const file = await send(recorded, name, { id: uploadId, say: teller(keep.dataset, sent) });
      recorded = undefined;
      kept(file);
    } catch (error) {
      sent.textContent = error.message || keep.dataset.failed;
      uploadId = undefined;
      keep.disabled = false;
      keep.focus();
    }
  });

  // A page that was closed while it sent: what was recorded is here still.
  left().then((waiting) => {
    if (!waiting?.file.type.startsWith(kind) || recorder) return;
    field.value = waiting.name.replace(/\.\w+$/, '');
    ready(waiting.file, waiting.id);
    say('earlier');
  });

  addEventListener('beforeunload', (event) => {
    if (isOn()) event.preventDefault();
  });

  const isOn = () => recorder?.state === 'recording' || recorder?.state === 'paused';
  return {
    /** Whether something was recorded that is not in the library yet. */
    holds: () => isOn() || Boolean(recorded),
    end() {
      isOver = true;
      if (isOn()) recorder.stop();
    },
  };
}

self.mediaRecord = { begin };

for (const place of document.querySelectorAll('[data-recorder]'))
  begin(place, ({ href }) => location.assign(`${href}?done=added`));
