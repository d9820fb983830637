/*
 * Stands in for Zoho's widget SDK in the local Zoho. Written from the protocol, not from Zoho's file, and as lax and as
 * strict as that one: it takes messages from any window, waits for ever, ignores listeners added after init, throws
 * before the host has answered, and rejects with whatever the host sent.
 */
(() => {
  const host = window.parent;
  const listeners = {};
  const waiting = new Map();
  let uniqueID;
  let started;
  let nextPromise = 100;

  // Read like the SDK does: all that follows the first "?", and only this one decoded.
  const hostOrigin = () => {
    const { href } = window.location;
    const named = {};
    for (const pair of href.slice(href.indexOf('?') + 1).split('&')) {
      const [name, value] = pair.split('=');
      named[name] = value;
    }
    return named.serviceOrigin === undefined ? undefined : decodeURIComponent(named.serviceOrigin);
  };
  const appOrigin = () => encodeURIComponent(window.location.origin + window.location.pathname);
  const post = (message) => host.postMessage({ ...message, appOrigin: appOrigin() }, hostOrigin());

  const request = (eventName, data) => {
    if (uniqueID === undefined) throw new Error('Parentwindow reference not found.');
    const promiseid = `Promise${nextPromise++}`;
    post({ type: 'SDK.EVENT', eventName, uniqueID, time: Date.now(), promiseid, data });
    return new Promise((resolve, reject) => waiting.set(promiseid, { resolve, reject }));
  };
  const crm = (data) => {
    if (!started) throw new TypeError('init() comes first');
    return request('CRM_EVENT', { ...data, sdkVersion: '1' });
  };

  const settle = (how) => (message) => {
    waiting.get(message.promiseid)?.[how](message.data);
    waiting.delete(message.promiseid);
  };

  const start = (resolve) => {
    const heard = { ...listeners }; // later ones come too late
    const answers = {
      SET_CONTEXT({ data }) {
        const first = uniqueID === undefined;
        uniqueID = data.uniqueID;
        if (!first) return;
        request('ZDK_EVENT', { action: 'get_zdk_url' }).then((url) => {
          document.body.append(Object.assign(document.createElement('script'), { src: url }));
          resolve();
        }, resolve);
      },
      UPDATE_CONTEXT: () => undefined, // received and dropped
      EVENT_RESPONSE: settle('resolve'),
      EVENT_RESPONSE_FAILURE: settle('reject'),
    };
    window.addEventListener('message', ({ data }) => {
      let message = data;
      if (typeof data === 'string') {
        try {
          message = JSON.parse(data);
        } catch {
          return; // text of somebody else
        }
      }
      if (message?.type !== 'FRAMEWORK.EVENT') return;
      if (Object.hasOwn(answers, message.eventName)) answers[message.eventName](message);
      else heard[message.eventName]?.(message.data);
    });
    window.addEventListener('pagehide', () => {
      if (uniqueID !== undefined) post({ type: 'SDK.EVENT', eventName: 'DEREGISTER', uniqueID });
    });
    const origin = hostOrigin();
    // Without an origin nothing is ever delivered, and nobody is told.
    if (origin) post({ type: 'SDK.EVENT', eventName: 'REGISTER' });
  };

  const record = (action) => (ask) =>
    crm({
      category: 'UI',
      action: { record: action },
      data: { Entity: ask.Entity, RecordID: ask.RecordID, target: ask.Target },
    });

  window.ZOHO = {
    embeddedApp: {
      on(eventName, listener) {
        listeners[eventName] = listener;
      },
      init() {
        started ??= new Promise(start);
        return started;
      },
    },
    CRM: {
      CONFIG: {
        getCurrentUser: () => crm({ category: 'CONFIG', type: 'CURRENT_USER' }),
        getOrgInfo: () => crm({ category: 'CONFIG', type: 'ORG' }),
        getUserPreference: () => crm({ category: 'CONFIG', type: 'USER_PREFERENCE' }),
      },
      API: { getRecord: (ask) => crm({ category: 'READ', APIData: ask }) },
      UI: {
        Resize: ({ width, height }) => crm({ category: 'UI', action: 'RESIZE', data: { width, height } }),
        Popup: {
          close: () => crm({ category: 'UI', action: { popup: 'CLOSE' } }),
          closeReload: () => crm({ category: 'UI', action: { popup: 'CLOSE_RELOAD' } }),
        },
        Record: { open: record('OPEN'), edit: record('EDIT'), create: record('CREATE') },
      },
    },
  };
})();
