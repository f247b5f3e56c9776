// Passkeys: coming in with one, and taking one. Without this script, or without passkeys in the browser, other ways stand.
const { browserSupportsWebAuthn, browserSupportsWebAuthnAutofill, startAuthentication, startRegistration } =
  globalThis.SimpleWebAuthnBrowser ?? {};

const send = async (address, body) => {
  const response = await fetch(address, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(answer.said ?? '');
  return answer;
};

if (browserSupportsWebAuthn?.()) {
  for (const place of document.querySelectorAll('[data-passkey], [data-new-passkey]')) place.hidden = false;
  listen('[data-passkey]', comeIn);
  listen('[data-new-passkey]', takeOne);
  offerInField();
}

function listen(selector, act) {
  for (const place of document.querySelectorAll(selector)) {
    const said = place.querySelector('[data-passkey-said]');
    place.querySelector('button').addEventListener('click', async () => {
      said.textContent = '';
      try {
        location.assign(await act(place));
      } catch (error) {
        // The browser tells of a cancelled question itself; what we refused has words of ours.
        said.textContent = error.name === 'Error' ? error.message : (place.dataset.cancelled ?? '');
      }
    });
  }
}

const nextOf = () => document.querySelector('input[name="next"]')?.value ?? '';

async function comeIn() {
  const response = await startAuthentication({ optionsJSON: await send('/sign-in/passkey/options', {}) });
  return (await send('/sign-in/passkey', { response, next: nextOf() })).to;
}

async function takeOne(place) {
  const options = await send('/account/passkeys/options', {});
  if (options.to) return options.to;
  const response = await startRegistration({ optionsJSON: options });
  return (await send('/account/passkeys', { response, name: place.querySelector('input')?.value ?? '' })).to;
}

/** The field of the user name offers the passkeys of this device among what it remembers. */
async function offerInField() {
  const field = document.querySelector('input[autocomplete~="webauthn"]');
  if (!field || !(await browserSupportsWebAuthnAutofill())) return;
  try {
    const optionsJSON = await send('/sign-in/passkey/options', {});
    const response = await startAuthentication({ optionsJSON, useBrowserAutofill: true });
    location.assign((await send('/sign-in/passkey', { response, next: nextOf() })).to);
  } catch {
    // Nobody chose one: the form stands as it is.
  }
}
