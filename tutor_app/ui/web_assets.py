"""Serves the transcript page's own files under tutor://ui/ and refuses everything else."""

from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QObject
from PySide6.QtWebEngineCore import (
    QWebEngineProfile,
    QWebEngineUrlRequestInfo,
    QWebEngineUrlRequestInterceptor,
    QWebEngineUrlRequestJob,
    QWebEngineUrlScheme,
    QWebEngineUrlSchemeHandler,
)

SCHEME = b"tutor"
HOST = "ui"
PAGE_URL = "tutor://ui/page.html"
CHROMIUM_FLAGS = "--force-webrtc-ip-handling-policy=disable_non_proxied_udp"
"""WebRTC passes by both the CSP and the interceptor; this and lockdown.js close it."""

_MIME_TYPES = (
    (".html", b"text/html"),
    (".js", b"text/javascript"),
    (".css", b"text/css"),
    (".woff2", b"font/woff2"),
)
_ALLOWED_SCHEMES = frozenset({"tutor", "data"})


def register_scheme() -> None:
    """Make tutor:// known. Must run before the QApplication exists."""
    scheme = QWebEngineUrlScheme(SCHEME)
    scheme.setSyntax(QWebEngineUrlScheme.Syntax.Host)
    scheme.setFlags(QWebEngineUrlScheme.Flag.SecureScheme | QWebEngineUrlScheme.Flag.CorsEnabled)
    QWebEngineUrlScheme.registerScheme(scheme)


class AssetHandler(QWebEngineUrlSchemeHandler):
    """Answers tutor://ui/NAME with the file NAME of one folder, and nothing outside it."""

    def __init__(self, folder: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._files = {
            path.relative_to(folder).as_posix(): path
            for path in folder.rglob("*")
            if path.is_file()
        }

    def requestStarted(self, job: QWebEngineUrlRequestJob) -> None:
        """Reply with a file that was there at the start, or fail."""
        url = job.requestUrl()
        path = self._files.get(url.path().lstrip("/")) if url.host() == HOST else None
        if path is None:
            job.fail(QWebEngineUrlRequestJob.Error.UrlNotFound)
            return
        body = QBuffer(job)
        body.setData(path.read_bytes())
        body.open(QIODevice.OpenModeFlag.ReadOnly)
        mime = next((mime for end, mime in _MIME_TYPES if path.name.endswith(end)), b"text/plain")
        job.reply(mime, body)


class RequestGate(QWebEngineUrlRequestInterceptor):
    """Blocks every request that would leave the program.

    Attributes:
        blocked: addresses that were asked for and refused.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.blocked: list[str] = []

    def interceptRequest(self, info: QWebEngineUrlRequestInfo) -> None:
        """Let only our own scheme and inline data through."""
        if info.requestUrl().scheme() not in _ALLOWED_SCHEMES:
            self.blocked.append(info.requestUrl().toString())
            info.block(True)


class SealedProfile(QWebEngineProfile):
    """An off-the-record profile that can reach nothing but the page's own files."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._handler = AssetHandler(folder, self)
        self.installUrlSchemeHandler(SCHEME, self._handler)
        self.gate = RequestGate(self)
        self.setUrlRequestInterceptor(self.gate)
