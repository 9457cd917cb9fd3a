// The window's only script: hands the code to the page that opened the window, if that page is of the one origin it is for; where the page
// cannot be reached any more, shows the digits instead.
const { code, origin } = document.body.dataset;
history.replaceState(null, '', location.pathname);
if (opener) opener.postMessage({ kind: 'sundial:sign-in', code }, origin);
document.querySelector(opener ? '#handed' : '#digits').hidden = false;
