'use strict';
// Runs in an isolated world, the only one that has the channel to Python. Hands over ids of buttons
// that a person really pressed; scripts of the page cannot forge a trusted event.
new QWebChannel(qt.webChannelTransport, channel => {
  const bridge = channel.objects.bridge;
  document.addEventListener('click', event => {
    const button = event.isTrusted && event.target.closest('button[data-op]');
    if (button) bridge.report(button.dataset.op, button.dataset.id);
  }, true);
  bridge.report('ready', '');
});
