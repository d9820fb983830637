// Tells the widget that opened this window how it ended. The exact target origin is what keeps the code from a page
// that is not ours, also when somebody opened this link from elsewhere. Without an opener there is nobody to tell: the
// page then says what to do, or shows what may be typed instead.
const outcome = document.getElementById('outcome');
const alone = document.getElementById('alone');

if (outcome && alone) {
  const { origin, ...message } = outcome.dataset;
  if (window.opener && origin) {
    window.opener.postMessage({ ...message }, origin);
    window.close();
  } else if (message.type !== 'customer360.refused') {
    outcome.hidden = true;
    alone.hidden = false;
  }
}
