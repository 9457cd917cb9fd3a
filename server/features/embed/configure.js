// Asks for the lines and the preview anew whenever a choice changes, and copies. Without it the form is sent by its button, which comes back
// where the server does not answer.
const form = document.querySelector('#choice');
const told = document.querySelector('#told');
const missed = document.querySelector('#missed');
const lines = document.querySelector('.lines');
/** How long the server may be silent, in ms, and how long before that is said. */
const patience = 15_000;
const quiet = 300;

const live = (isLive) => document.documentElement.classList.toggle('live', isLive);
const tell = (sentence) => {
  told.textContent = '';
  // A reader of screens hears the same sentence again.
  setTimeout(() => {
    told.textContent = sentence;
  }, 50);
};

/** What the server writes for a choice, null where it does not answer. */
async function linesFor(query) {
  try {
    const answer = await fetch(`/embed/snippets.json?${query}`, { signal: AbortSignal.timeout(patience) });
    return answer.ok ? await answer.json() : null;
  } catch (error) {
    // No connection, no patience, or an answer that broke off.
    if (!(error instanceof TypeError || error instanceof DOMException || error instanceof SyntaxError)) throw error;
    return null;
  }
}

/** The last question counts; an older answer that comes late is dropped. */
let asked = 0;

async function update() {
  asked += 1;
  const mine = asked;
  const query = new URLSearchParams(new FormData(form)).toString();
  lines.setAttribute('aria-busy', 'true');
  const slow = setTimeout(() => tell(told.dataset.asking), quiet);
  const written = await linesFor(query);
  clearTimeout(slow);
  if (mine !== asked) return;
  lines.setAttribute('aria-busy', 'false');
  live(written !== null);
  missed.textContent = written === null ? missed.dataset.missed : '';
  if (written === null) return tell('');
  const { element, div, policy, other } = written;
  document.querySelector('#snippet code').textContent = element;
  document.querySelector('#snippet-div code').textContent = div;
  document.querySelector('#policy').textContent = policy;
  document.querySelector('#other').search = other;
  // In the place of what is shown: a new `src` would leave a step behind in the history.
  document.querySelector('#preview').contentWindow.location.replace(`/embed/preview?${query}`);
  history.replaceState(null, '', `?${query}`);
  tell(told.dataset.updated);
}

form.addEventListener('change', update);
form.addEventListener('submit', (event) => {
  event.preventDefault();
  update();
});
live(true);

for (const button of document.querySelectorAll('[data-copies]')) {
  button.hidden = false;
  button.addEventListener('click', async () => {
    const text = document.getElementById(button.dataset.copies).textContent;
    try {
      await navigator.clipboard.writeText(text);
      tell(told.dataset.copied);
    } catch (error) {
      // No permission, or a page on plain http, which has no clipboard.
      if (!(error instanceof DOMException || error instanceof TypeError)) throw error;
      tell(told.dataset.notCopied);
    }
  });
}
