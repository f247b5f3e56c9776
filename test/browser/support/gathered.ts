/** What a state of a question says: how many error summaries, and the heading of its feedback. */
interface State {
  faults: number;
  heading: string;
}

/**
 * Run in a page of the product: sends each question of a quiz as a browser without scripts would, empty and then by "I don't
 * know", and puts the three pages of each under one another, each id with a name of its own. So axe looks once instead of
 * at three pages for each question: it is what takes the time.
 */
export async function gatherStates({ quiz, count }: { quiz: string; count: number }): Promise<State[][]> {
  const parse = async (answer: Response) => new DOMParser().parseFromString(await answer.text(), 'text/html');
  const send = (form: HTMLFormElement, button: HTMLButtonElement) => {
    const fields = new URLSearchParams();
    for (const [name, value] of new FormData(form)) fields.append(name, String(value));
    if (button.name) fields.append(button.name, button.value);
    return fetch(form.getAttribute('action') || location.href, { method: 'POST', body: fields }).then(parse);
  };
  const own = (main: Element, name: string) => {
    for (const attribute of ['id', 'for', 'name', 'list', 'aria-labelledby', 'aria-describedby', 'aria-controls'])
      for (const element of main.querySelectorAll(`[${attribute}]`)) {
        const ids = (element.getAttribute(attribute) ?? '').split(/\s+/).map((id) => `${name}-${id}`);
        element.setAttribute(attribute, ids.join(' '));
      }
    for (const link of main.querySelectorAll('a[href^="#"]'))
      link.setAttribute('href', `#${name}-${link.getAttribute('href')?.slice(1)}`);
  };
  const main = document.querySelector('main') as HTMLElement;
  main.replaceChildren();
  const all: State[][] = [];
  for (let number = 1; number <= count; number += 1) {
    const asked = () => fetch(`${quiz}/${number}`).then(parse);
    const question = await asked();
    const presses = ['.govuk-button:not([value=dont-know])', '[value=dont-know]'];
    const others = [];
    for (const press of presses) {
      // Each sending has a key of its own.
      const form = (await asked()).querySelector('main form:has([name=answer_id])') as HTMLFormElement;
      others.push(await send(form, form.querySelector(`button${press}`) as HTMLButtonElement));
    }
    const states: State[] = [];
    for (const [index, page] of [question, ...others].entries()) {
      const shown = page.querySelector('main') as HTMLElement;
      states.push({
        faults: shown.querySelectorAll('.govuk-error-summary').length,
        heading: shown.querySelector('.feedback h2')?.textContent ?? '',
      });
      own(shown, `q${number}-${index}`);
      main.append(...shown.childNodes);
    }
    all.push(states);
  }
  return all;
}
