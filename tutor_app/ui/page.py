"""The locked-down web page behind the transcript, and its channel back to Python."""

import logging
from pathlib import Path

from PySide6.QtCore import QFile, QIODevice, QObject, QUrl, Signal, Slot
from PySide6.QtWebChannel import QWebChannel
from PySide6.QtWebEngineCore import (
    QWebEnginePage,
    QWebEngineProfile,
    QWebEngineScript,
    QWebEngineSettings,
)

from tutor_app.ui.web_assets import HOST, SCHEME, SealedProfile

_LOG = logging.getLogger(__name__)
_LINK_SCHEMES = frozenset({"http", "https", "mailto"})
_MAIN_WORLD = QWebEngineScript.ScriptWorldId.MainWorld.value
_BRIDGE_WORLD = QWebEngineScript.ScriptWorldId.ApplicationWorld.value
_Attribute = QWebEngineSettings.WebAttribute
_OFF = (
    _Attribute.JavascriptCanOpenWindows,
    _Attribute.JavascriptCanAccessClipboard,
    _Attribute.LocalContentCanAccessRemoteUrls,
    _Attribute.LocalContentCanAccessFileUrls,
    _Attribute.LocalStorageEnabled,
    _Attribute.PluginsEnabled,
    _Attribute.HyperlinkAuditingEnabled,
    _Attribute.WebGLEnabled,
    _Attribute.ErrorPageEnabled,
    _Attribute.NavigateOnDropEnabled,
    _Attribute.FullScreenSupportEnabled,
    _Attribute.DnsPrefetchEnabled,
)


class _Bridge(QObject):
    """The one object the isolated world can see. Takes names and ids, never content."""

    reported = Signal(str, str)

    @Slot(str, str)
    def report(self, name: str, target: str) -> None:
        self.reported.emit(name, target)


def _resource(path: str) -> str:
    file = QFile(path)
    if not file.open(QIODevice.OpenModeFlag.ReadOnly):
        raise RuntimeError(f"Qt's own resource {path} is missing")
    return bytes(file.readAll().data()).decode()


class TranscriptPage(QWebEnginePage):
    """Loads the page, refuses to leave it, and reports pressed buttons.

    Signals:
        reported: name and id of a button that a person pressed; ("ready", "") once loaded.
        link_followed: a link was clicked; it has not been opened.
    """

    reported = Signal(str, str)
    link_followed = Signal(QUrl)

    def __init__(self, profile: SealedProfile, folder: Path, parent: QObject) -> None:
        super().__init__(profile, parent)
        for attribute in _OFF:
            self.settings().setAttribute(attribute, False)
        self._bridge = _Bridge(self)
        self._bridge.reported.connect(self.reported)
        channel = QWebChannel(self)
        channel.registerObject("bridge", self._bridge)
        self.setWebChannel(channel, _BRIDGE_WORLD)
        points = QWebEngineScript.InjectionPoint
        lockdown = (folder / "lockdown.js").read_text(encoding="utf-8")
        self._inject("lockdown", lockdown, points.DocumentCreation, _MAIN_WORLD)
        bridge = _resource(":/qtwebchannel/qwebchannel.js") + "\n"
        bridge += (folder / "bridge.js").read_text(encoding="utf-8")
        self._inject("bridge", bridge, points.DocumentReady, _BRIDGE_WORLD)

    def _inject(
        self, name: str, source: str, point: QWebEngineScript.InjectionPoint, world: int
    ) -> None:
        script = QWebEngineScript()
        script.setName(name)
        script.setSourceCode(source)
        script.setInjectionPoint(point)
        script.setWorldId(world)
        script.setRunsOnSubFrames(False)
        self.scripts().insert(script)

    def acceptNavigationRequest(
        self, url: QUrl | str, navigation: QWebEnginePage.NavigationType, is_main_frame: bool
    ) -> bool:
        """Stay on our own page; tell about links that were clicked."""
        target = QUrl(url)
        if target.scheme() == SCHEME.decode() and target.host() == HOST:
            return True
        is_click = navigation is QWebEnginePage.NavigationType.NavigationTypeLinkClicked
        if is_click and target.scheme() in _LINK_SCHEMES:
            self.link_followed.emit(target)
        return False

    def createWindow(self, kind: QWebEnginePage.WebWindowType) -> QWebEnginePage | None:  # type: ignore[override]
        """No second window, ever."""
        return None

    def javaScriptConsoleMessage(
        self,
        level: QWebEnginePage.JavaScriptConsoleMessageLevel,
        message: str,
        line: int,
        source: str,
    ) -> None:
        """Keep what the page complains about in the log."""
        _LOG.warning("page: %s (%s:%d)", message, source, line)


def make_profile(folder: Path) -> SealedProfile:
    """The profile for a transcript page; must outlive the page."""
    profile = SealedProfile(folder)
    profile.setPersistentCookiesPolicy(
        QWebEngineProfile.PersistentCookiesPolicy.NoPersistentCookies
    )
    profile.setSpellCheckEnabled(False)
    return profile
