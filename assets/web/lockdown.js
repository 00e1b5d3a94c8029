'use strict';
// WebRTC passes by the CSP and the request interceptor; nothing here needs any of these.
for (const name of ['RTCPeerConnection', 'webkitRTCPeerConnection', 'RTCDataChannel', 'WebSocket',
  'WebTransport', 'EventSource', 'SharedWorker', 'Worker']) {
  try {
    Object.defineProperty(window, name, {value: undefined, configurable: false});
  } catch { /* not present in this build */ }
}
