// Asks for the lines and the preview anew whenever a choice changes, and copies. Without it the form is sent by its button.
const form = document.querySelector('#choice');
const told = document.querySelector('#told');
const tell = (sentence) => {
  told.textContent = '';
  // A reader of screens hears the same sentence again.
  setTimeout(() => {
    told.textContent = sentence;
  }, 50);
};

/** The last question counts; an older answer that comes late is dropped. */
let asked = 0;

async function update() {
  asked += 1;
  const mine = asked;
  const query = new URLSearchParams(new FormData(form)).toString();
  const answer = await fetch(`/embed/snippets.json?${query}`);
  if (mine !== asked || !answer.ok) return;
  const { element, div, policy, other } = await answer.json();
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
document.documentElement.classList.add('live');

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
