// Some other frame of the page: tells the widget, as if it were CRM, that another record is shown.
(() => {
  const named = new URLSearchParams(window.location.search);
  const data = { Entity: named.get('module'), EntityId: named.get('id') };
  const forged = { type: 'FRAMEWORK.EVENT', eventName: 'PageLoad', data };
  const widget = window.parent.frames[0];
  const lie = setInterval(() => {
    widget.postMessage(forged, '*');
    widget.postMessage(JSON.stringify(forged), '*');
    widget.postMessage({ ...forged, eventName: 'ContextUpdate' }, '*');
  }, 20);
  setTimeout(() => clearInterval(lie), 5000);
})();
