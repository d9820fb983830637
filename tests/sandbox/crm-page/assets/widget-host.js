/*
 * CRM's side of the widget protocol. The query of the page makes it misbehave:
 *   sdk=silent            never answers REGISTER
 *   pageload=late|never   names the record late (crmHost.sendPageLoad() ends the wait) or not at all
 *   entityId=array        sends the id in a list, as buttons do
 *   module=Leads          names another module than the record's
 *   zdk=silent|failed     leaves the SDK's own request unanswered, or refuses it
 *   resize=refused        refuses to change the frame's height
 *   forge=1               two more frames send the widget forged messages
 *   width=320             width of the widget's place in pixels
 * `window.crmHost` tells tests what was said.
 */
(() => {
  const LATE_MS = 3000;
  const hosted = JSON.parse(document.getElementById('hosted').textContent);
  const frame = document.getElementById('widget');
  const query = new URLSearchParams(window.location.search);
  const widgetOrigin = new URL(hosted.src).origin;
  const uniqueID = crypto.randomUUID();
  let registered = false;

  const messages = [];
  const heights = [];

  const post = (message) =>
    frame.contentWindow.postMessage({ type: 'FRAMEWORK.EVENT', ...message }, widgetOrigin);

  const pageLoad = ({ module, id }) => ({
    Entity: query.get('module') ?? module,
    ...(query.get('entityId') === 'array'
      ? { EntityId: [id], ButtonPosition: 'DetailView' }
      : { EntityId: id }),
  });
  const sendPageLoad = (record = hosted.record) =>
    post({ eventName: 'PageLoad', data: record ? pageLoad(record) : {} });

  function register() {
    if (query.get('sdk') === 'silent') return;
    registered = true;
    post({
      eventName: 'SET_CONTEXT',
      data: { uniqueID, locale: 'en_US', localeResource: {}, model: {}, connectors: [] },
    });
    if (query.get('pageload') === 'late') setTimeout(sendPageLoad, LATE_MS);
    else if (query.get('pageload') !== 'never') sendPageLoad();
  }

  const refused = (code, message) => ({ refusal: { code, message, status: 'error' } });

  const answers = {
    CONFIG({ type }) {
      if (type === 'CURRENT_USER') return hosted.user;
      if (type === 'ORG') return { org: [hosted.org] };
      if (type === 'USER_PREFERENCE') return { mode: crmTheme() };
      return refused('INVALID_REQUEST', `No such setting here: ${type}`);
    },
    async READ({ APIData: { Entity, RecordID, RelatedList } }) {
      if (!RecordID || RelatedList) return refused('INVALID_REQUEST', 'Only single records are read here');
      const answer = await fetch(`/crm-page/record?${new URLSearchParams({ module: Entity, id: RecordID })}`);
      const { data } = await answer.json();
      return data.length > 0 ? { data } : refused('INVALID_DATA', 'the id given seems to be invalid');
    },
    UI({ action, data }) {
      if (action === 'RESIZE') return resize(data);
      if (action?.popup === 'CLOSE') {
        frame.closest('.card').hidden = true;
        return true;
      }
      if (action?.popup === 'CLOSE_RELOAD') {
        window.location.reload();
        return true;
      }
      if (action?.record === 'OPEN') return openRecord(data);
      return refused('INVALID_REQUEST', 'This page does not do that');
    },
  };

  function crmTheme() {
    const chosen = document.documentElement.dataset.theme;
    if (chosen) return chosen;
    return window.matchMedia('(prefers-color-scheme: dark)').matches ? 'night' : 'day';
  }

  /** The place decides the width, as in a related list; documents say pixels, samples send text. */
  function resize({ height }) {
    const pixels = Number.parseInt(height, 10);
    if (query.get('resize') === 'refused' || !(pixels > 0)) return refused('INVALID_DATA', 'No such height');
    frame.style.height = `${pixels}px`;
    heights.push({ at: performance.now(), height: pixels });
    return true;
  }

  function openRecord({ Entity, RecordID, target }) {
    const path = { Accounts: 'accounts', Deals: 'deals', Contacts: 'contacts' }[Entity];
    if (!path || !/^[0-9]+$/.test(RecordID)) return refused('INVALID_DATA', 'No such record');
    const address = `/${path}/${RecordID}`;
    if (target === '_blank') window.open(address);
    else window.location.assign(address);
    return true;
  }

  function zdk({ action }) {
    if (action !== 'get_zdk_url') return refused('INVALID_REQUEST', 'This page does not do that');
    if (query.get('zdk') === 'failed') return refused('INTERNAL_ERROR', 'No script');
    return `${window.location.origin}/sdk/zdk.js`;
  }

  async function answer({ eventName, promiseid, data = {} }) {
    if (eventName === 'ZDK_EVENT' && query.get('zdk') === 'silent') return;
    const known = Object.hasOwn(answers, data.category) && answers[data.category];
    const reply =
      eventName === 'ZDK_EVENT'
        ? zdk(data)
        : known
          ? await known(data)
          : refused('INVALID_REQUEST', 'This page does not do that');
    if (reply?.refusal) post({ eventName: 'EVENT_RESPONSE_FAILURE', promiseid, data: reply.refusal });
    else post({ eventName: 'EVENT_RESPONSE', promiseid, data: reply });
  }

  window.addEventListener('message', ({ source, origin, data }) => {
    if (source !== frame.contentWindow || origin !== widgetOrigin || data?.type !== 'SDK.EVENT') return;
    messages.push(data);
    if (data.eventName === 'REGISTER') register();
    else if (data.eventName === 'DEREGISTER') registered = false;
    else if (registered && data.uniqueID === uniqueID) void answer(data);
  });

  // An SDK newer than 1.5 says nothing until the host has introduced itself.
  frame.addEventListener('load', () => {
    setTimeout(() => {
      if (registered || query.get('sdk') === 'silent') return;
      post({ eventName: '__HANDSHAKE__', data: { parentOrigin: window.location.origin } });
    }, 200);
  });

  const chooser = document.getElementById('width');
  function setWidth(width) {
    const pixels = /^[1-9][0-9]{2,3}$/.test(width ?? '') ? Number(width) : null;
    frame.parentElement.style.width = pixels ? `${pixels}px` : '';
    frame.parentElement.toggleAttribute('data-fixed', pixels !== null);
    document.querySelector('.record')?.toggleAttribute('data-wide', pixels !== null && pixels > 520);
    if (pixels && ![...chooser.options].some(({ text }) => text === width)) chooser.add(new Option(width));
    chooser.value = pixels ? width : '';
  }
  chooser.addEventListener('change', () => {
    const address = new URL(window.location.href);
    if (chooser.value) address.searchParams.set('width', chooser.value);
    else address.searchParams.delete('width');
    window.history.replaceState(null, '', address);
    setWidth(chooser.value);
  });
  setWidth(query.get('width'));

  frame.src = `${hosted.src}?serviceOrigin=${encodeURIComponent(window.location.origin)}`;

  if (query.has('forge') && hosted.decoy) {
    const forger = `/crm-page/forger.html?${new URLSearchParams(hosted.decoy)}`;
    const elsewhere = `http://localhost:${window.location.port}${forger}`;
    for (const src of [forger, elsewhere]) {
      document.body.append(
        Object.assign(document.createElement('iframe'), { src, hidden: true, title: 'Forger' }),
      );
    }
  }

  window.crmHost = {
    messages,
    heights,
    sendPageLoad,
    /** CRM shows another record without loading the frame anew. */
    sendContextUpdate: (record) => post({ eventName: 'ContextUpdate', data: pageLoad(record) }),
  };
})();
