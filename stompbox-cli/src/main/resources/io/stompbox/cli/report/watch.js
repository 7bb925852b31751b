
'use strict';
// First of all scripts, so that no fault of a later one goes unseen.
window.addEventListener('error', function (event) {
  const place = document.getElementById('errors');
  document.documentElement.dataset.failed = 'true';
  if (place) {
    place.hidden = false;
    place.textContent += (event.message || 'error') + ' (' + event.lineno + ')\n';
  }
});
document.addEventListener('securitypolicyviolation', function (event) {
  document.documentElement.dataset.blocked = event.violatedDirective + ' ' + event.blockedURI;
});
