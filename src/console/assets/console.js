// What pages do where there is script: they keep themselves up to date. Nothing here is needed to decide.

const LIVE_TEXT = 'This has changed meanwhile.';

/** True while somebody is at work on the page: then it is not changed under their hands. */
function isAtWork() {
  const main = document.getElementById('main');
  const active = document.activeElement;
  const isWriting = active !== null && main.contains(active) && active.matches('input, textarea, select');
  return isWriting || [...main.querySelectorAll('input, textarea')].some(isChanged);
}

function isChanged(field) {
  if (field.type === 'checkbox') return field.checked !== field.defaultChecked;
  return field.type !== 'hidden' && field.value !== field.defaultValue;
}

/** Tells in words, for everyone, and offers to look. */
function tell(text, withLink) {
  const live = document.getElementById('live');
  live.textContent = text;
  if (!withLink) return;
  const link = document.createElement('a');
  link.href = location.pathname + location.search;
  link.textContent = 'Look at it again';
  live.append(' ', link);
}

/** Gets the page anew and puts its content in place. An XMLHttpRequest parses it, so no text is made into markup here. */
function refresh(version) {
  const request = new XMLHttpRequest();
  request.open('GET', location.pathname + location.search);
  request.responseType = 'document';
  request.onload = () => {
    const fresh = request.response?.getElementById('main');
    if (request.status !== 200 || !fresh?.dataset.live) return tell(LIVE_TEXT, true);
    if (isAtWork()) return tell(LIVE_TEXT, true);
    const main = document.getElementById('main');
    const focused = document.activeElement?.id;
    const open = [...main.querySelectorAll('details')].map((each) => each.open);
    main.replaceWith(document.adoptNode(fresh));
    [...fresh.querySelectorAll('details')].forEach((each, at) => (each.open ||= open[at] === true));
    if (focused) document.getElementById(focused)?.focus();
    prepare();
    tell(fresh.dataset.version === version ? 'Up to date.' : '', false);
  };
  request.send();
}

/** Buttons that only a script can serve. */
function prepare() {
  const tickAll = document.getElementById('tick-all');
  if (tickAll === null) return;
  tickAll.hidden = false;
  tickAll.onclick = () => {
    for (const tick of document.querySelectorAll('input[name=tick]')) tick.checked = true;
  };
}

const { live } = document.getElementById('main').dataset;
prepare();
if (live) {
  const source = new EventSource(live);
  source.addEventListener('version', ({ data }) => {
    if (data === document.getElementById('main').dataset.version) return;
    if (isAtWork()) tell(LIVE_TEXT, true);
    else refresh(data);
  });
  source.addEventListener('over', () => {
    source.close();
    tell('Your session is over.', true);
  });
}
