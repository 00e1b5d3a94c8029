"""Light and dark: which one is wanted, and the widgets' colours in each."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from tutor_app.core.settings import Theme


@dataclass(frozen=True, slots=True)
class CodeColours:
    """Colours of a program's text, by the classes of `ui.highlight`."""

    keyword: str
    string: str
    comment: str
    number: str
    name: str


@dataclass(frozen=True, slots=True)
class Colours:
    """Colours of the widgets; those of the page stand in page.css and are the same."""

    name: str
    background: str
    raised: str
    text: str
    muted: str
    line: str
    accent: str
    on_accent: str
    selected: str
    stop: str
    mark: str
    unsure: str
    code: CodeColours


LIGHT = Colours(
    name="light", background="#ffffff", raised="#f5f7fa", text="#1b1f27", muted="#596273",
    line="#dde2ea", accent="#1b5fc4", on_accent="#ffffff", selected="#dfe8f7", stop="#b92525",
    mark="#fdf1f0", unsure="#815300",
    code=CodeColours(
        keyword="#8a1d92", string="#3f6212", comment="#5d6675", number="#8a4b00", name="#1d4fb8",
    ),
)  # fmt: skip
DARK = Colours(
    name="dark", background="#17191e", raised="#20232a", text="#e5e8ee", muted="#a1a9b8",
    line="#343945", accent="#83b4ff", on_accent="#10141c", selected="#2c3a52", stop="#ff8d85",
    mark="#321d1f", unsure="#e7bd5f",
    code=CodeColours(
        keyword="#d7a0e8", string="#a9d08a", comment="#98a1b0", number="#e9b872", name="#8fbcff",
    ),
)  # fmt: skip


def palette_of(colours: Colours) -> QPalette:
    """The palette for Qt's own drawing."""
    palette = QPalette()
    role = QPalette.ColorRole
    for where, colour in (
        (role.Window, colours.background), (role.Base, colours.background),
        (role.AlternateBase, colours.raised), (role.Button, colours.raised),
        (role.WindowText, colours.text), (role.Text, colours.text),
        (role.ButtonText, colours.text), (role.ToolTipText, colours.text),
        (role.ToolTipBase, colours.raised), (role.Highlight, colours.accent),
        (role.HighlightedText, colours.on_accent), (role.Link, colours.accent),
        (role.PlaceholderText, colours.muted), (role.Mid, colours.line),
    ):  # fmt: skip
        palette.setColor(where, QColor(colour))
    for where in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, where, QColor(colours.muted))
    return palette


_SHEET = """
QMainWindow, QStackedWidget, #welcome, #welcomeInside {{ background: {background}; }}
QMenuBar {{ background: {background}; border-bottom: 1px solid {line}; padding: 2px 4px; }}
QMenuBar::item {{ padding: 4px 9px; border-radius: 5px; background: transparent; }}
QMenuBar::item:selected {{ background: {raised}; }}
QMenu {{ background: {background}; border: 1px solid {line}; padding: 4px; }}
QMenu::item {{ padding: 5px 26px 5px 22px; border-radius: 4px; }}
QMenu::item:selected {{ background: {selected}; color: {text}; }}
QMenu::item:disabled {{ color: {muted}; }}
QMenu::separator {{ height: 1px; background: {line}; margin: 4px 6px; }}
QSplitter::handle {{ background: {line}; }}
QStatusBar {{ background: {raised}; border-top: 1px solid {line}; color: {muted}; }}
QStatusBar::item {{ border: 0; }}
QStatusBar QLabel {{ color: {muted}; padding: 2px 8px; }}
QToolTip {{ background: {raised}; color: {text}; border: 1px solid {line}; padding: 3px 6px; }}

#sidebar {{ background: {raised}; }}
#threads {{ background: {raised}; border: 0; outline: 0; padding: 0 8px; }}
#threads::item {{ padding: 7px 8px; border-radius: 6px; color: {text}; margin: 1px 0; }}
#threads::item:hover {{ background: {selected}; }}
#threads::item:selected {{ background: {selected}; color: {text}; }}
#threads::item:selected:active:focus {{ border: 1px solid {accent}; }}
#threads::item:disabled {{ color: {muted}; background: transparent; padding: 12px 8px 3px; }}
#threads QLineEdit {{ border: 1px solid {accent}; border-radius: 4px; background: {background}; }}
#emptyThreads {{ color: {muted}; padding: 8px 16px; }}
#undoBar {{ background: {background}; border: 1px solid {line}; border-radius: 8px; }}
#undoBar QLabel {{ color: {text}; }}

QPushButton {{
    background: {background}; color: {text}; border: 1px solid {line}; border-radius: 7px;
    padding: 6px 14px;
}}
QPushButton:hover {{ background: {selected}; }}
QPushButton:focus {{ border: 2px solid {accent}; padding: 5px 13px; }}
QPushButton:disabled {{ color: {muted}; background: {raised}; }}
#newChat {{ text-align: left; font-weight: 600; }}
#send {{
    background: {accent}; color: {on_accent}; border: 1px solid {accent}; font-weight: 600;
    padding: 6px 17px;
}}
#send:focus {{ border: 2px solid {text}; padding: 5px 16px; }}
#send:disabled {{ background: {raised}; color: {muted}; border-color: {line}; }}
#send[running="true"] {{ background: {background}; color: {stop}; border-color: {stop}; }}

#composer {{ background: {background}; border: 1px solid {line}; border-radius: 14px; }}
#composer[focused="true"] {{ border: 2px solid {accent}; }}
#composer QPlainTextEdit {{
    background: transparent; border: 0; color: {text}; placeholder-text-color: {muted};
}}
#pages {{ background: {raised}; border-bottom: 1px solid {line}; }}
#pages::tab {{
    color: {muted}; background: transparent; padding: 8px 18px; border: 0;
    border-bottom: 3px solid transparent;
}}
#pages::tab:hover {{ color: {text}; background: {selected}; }}
#pages::tab:selected {{ color: {text}; font-weight: 600; border-bottom: 3px solid {accent}; }}
#pages:focus {{ border-bottom: 1px solid {accent}; }}
#checkPage QWidget {{ background: {background}; }}
#checkPage QPlainTextEdit {{
    background: {background}; color: {text}; border: 1px solid {line}; border-radius: 8px;
    placeholder-text-color: {muted}; padding: 3px;
}}
#checkPage QPlainTextEdit:focus {{ border: 2px solid {accent}; padding: 2px; }}
#programPanel, #programPanel > QWidget, #runView, #runView > QWidget {{ background: {background}; }}
#programPanel QPlainTextEdit {{
    background: {background}; color: {text}; border: 1px solid {line}; border-radius: 8px;
    placeholder-text-color: {muted}; padding: 3px;
}}
#programPanel QPlainTextEdit:focus {{ border: 2px solid {accent}; padding: 2px; }}
#programPanel QPlainTextEdit[readOnly="true"] {{ background: {raised}; }}
#programPanel #errors {{ border-left: 3px solid {stop}; }}
#programPanel #stop:enabled {{ color: {stop}; border-color: {stop}; }}
#programPanel #closePanel {{ border: 0; padding: 2px; font-size: 15pt; color: {muted}; }}
#programPanel #closePanel:hover {{ color: {text}; }}
#programPanel #closePanel:focus {{ border: 2px solid {accent}; padding: 0; }}
#programPanel #section {{ color: {muted}; font-weight: 600; padding-top: 6px; }}
#programPanel #ending {{ font-weight: 600; }}
#programPanel #ending[state="failed"] {{ color: {stop}; }}
#programPanel #complaint {{
    background: {raised}; border: 1px solid {line}; border-left: 3px solid {stop};
    border-radius: 6px;
}}
#programPanel #complaint[warning="true"] {{ border-left-color: {unsure}; }}
#programPanel #complaint QLabel {{ background: transparent; }}
#programPanel #isolation {{
    border: 1px solid {line}; border-radius: 10px; padding: 2px 10px; background: {raised};
    color: {muted};
}}
#programPanel #isolation:focus {{ border: 2px solid {accent}; padding: 1px 9px; }}
#programPanel #isolation[level="none"] {{ color: {stop}; border-color: {stop}; }}
#programPanel #isolation[level="reduced"] {{ color: {unsure}; border-color: {unsure}; }}
#programPanel #isolationText {{
    background: {raised}; border: 1px solid {line}; border-radius: 8px; padding: 8px 10px;
}}
#programPanel #consent {{
    background: {background}; border: 1px solid {stop}; border-radius: 8px;
}}
#programPanel QCheckBox::indicator {{
    width: 14px; height: 14px; border: 2px solid {muted}; border-radius: 4px;
}}
#programPanel QCheckBox::indicator:checked {{ background: {accent}; border-color: {accent}; }}
#programPanel QCheckBox:focus {{ color: {accent}; }}
#programPanel #consent QLabel {{ background: transparent; }}
#programPanel #link {{
    color: {accent}; border: 0; background: transparent; padding: 0 2px; text-align: left;
    text-decoration: underline;
}}
#programPanel #link:focus {{ border: 1px solid {accent}; border-radius: 3px; }}
#findBar {{ background: {raised}; border-bottom: 1px solid {line}; }}
#findBar QLineEdit {{
    background: {background}; border: 1px solid {line}; border-radius: 6px; padding: 5px 9px;
}}
#findBar QLineEdit:focus {{ border-color: {accent}; }}
#composer #examples {{ border-top: 1px solid {line}; }}
#warning {{ color: {unsure}; }}
#hint, #subtitle, #skill {{ color: {muted}; }}
#title {{ color: {text}; font-weight: 650; }}
#exampleCard {{ background: {raised}; border: 1px solid {line}; border-radius: 10px; }}
#exampleCard:hover {{ background: {selected}; border-color: {accent}; }}
#exampleCard:focus {{ border: 2px solid {accent}; }}
#exampleCard QLabel {{ background: transparent; }}
#exampleCard #problem {{ color: {text}; }}
QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; }}
QScrollBar::handle:vertical {{
    background: {line}; border-radius: 4px; min-height: 28px; margin: 1px;
}}
QScrollBar::handle:vertical:hover {{ background: {muted}; }}
QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 0; }}
QScrollBar::handle:horizontal {{
    background: {line}; border-radius: 4px; min-width: 28px; margin: 1px;
}}
QScrollBar::handle:horizontal:hover {{ background: {muted}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; width: 0; }}
QScrollArea {{ border: 0; background: {background}; }}
"""


def style_sheet(colours: Colours) -> str:
    """The widgets' style sheet."""
    return _SHEET.format(
        background=colours.background, raised=colours.raised, text=colours.text,
        muted=colours.muted, line=colours.line, accent=colours.accent,
        on_accent=colours.on_accent, selected=colours.selected, stop=colours.stop,
        unsure=colours.unsure,
    )  # fmt: skip


class ThemeSwitch(QObject):
    """Applies the chosen theme and follows the system where that is the choice.

    Signals:
        changed: the Colours that now hold.
    """

    changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choice = Theme.SYSTEM
        self._shown: Colours | None = None
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_system_changed)

    @property
    def choice(self) -> Theme:
        """What the user asked for."""
        return self._choice

    def choose(self, choice: Theme) -> None:
        """Follow the system, or stay light or dark."""
        self._choice = choice
        hints = QGuiApplication.styleHints()  # for title bars and the system's own dialogs
        match choice:
            case Theme.SYSTEM:
                hints.unsetColorScheme()
                self._apply(_system_colours())
            case Theme.LIGHT:
                hints.setColorScheme(Qt.ColorScheme.Light)
                self._apply(LIGHT)
            case Theme.DARK:
                hints.setColorScheme(Qt.ColorScheme.Dark)
                self._apply(DARK)

    @Slot()
    def _on_system_changed(self) -> None:
        if self._choice is Theme.SYSTEM:
            self._apply(_system_colours())

    def _apply(self, colours: Colours) -> None:
        if colours is self._shown:
            return
        self._shown = colours
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.setPalette(palette_of(colours))
            application.setStyleSheet(style_sheet(colours))
        self.changed.emit(colours)


def _system_scheme() -> Qt.ColorScheme:
    return QGuiApplication.styleHints().colorScheme()


def _system_colours() -> Colours:
    return DARK if _system_scheme() is Qt.ColorScheme.Dark else LIGHT
