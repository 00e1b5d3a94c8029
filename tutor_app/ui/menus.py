"""The menu bar: every command with its keys. Knows nothing of what the commands do."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from tutor_app.core.settings import Theme

_THEME_TITLES = (
    (Theme.SYSTEM, "Follow the system"),
    (Theme.LIGHT, "Light"),
    (Theme.DARK, "Dark"),
)


def _action(title: str, keys: str, tip: str, parent: QObject) -> QAction:
    action = QAction(title, parent)
    action.setShortcuts([QKeySequence(key) for key in keys.split("|") if key])
    action.setStatusTip(tip)
    return action


class Commands(QObject):
    """The commands as actions; the window connects them."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        make = self._make
        self.new_chat = make("&New chat", "Ctrl+N", "Begin an empty thread")
        self.import_model = make("&Import model…", "", "Use a GGUF file from this computer")
        self.use_built_in = make(
            "Use the &built-in model", "", "Go back to the model that came with the program"
        )
        self.export = make("&Export answer…", "Ctrl+E", "Save the last worked solution as a file")
        self.print = make("Save thread as &PDF…", "Ctrl+P", "Print the open thread to a PDF file")
        self.quit = make("&Quit", "Ctrl+Q", "Close the program")
        self.stop = make("&Stop", "Esc", "Stop the answer that is being written, or the program")
        self.ask_again = make("&Ask again", "Ctrl+R", "Ask the last problem once more")
        self.copy_answer = make("&Copy last answer", "Ctrl+Shift+C", "As Markdown with LaTeX")
        self.find = make("&Find in thread…", "Ctrl+F", "Find text in the open thread")
        self.rename = make("&Rename thread", "F2", "Change the selected thread's title")
        self.delete = make("&Delete thread", "Ctrl+Shift+Delete", "Can be undone")
        self.sidebar = make("&Sidebar", "Ctrl+B", "Show or hide the list of threads")
        self.sidebar.setCheckable(True)
        self.sidebar.setChecked(True)
        self.pages = QActionGroup(self)
        self.solve_page = self._page("&Solve", "Ctrl+1", "Ask the tutor")
        self.check_page = self._page("&Check my work", "Ctrl+2", "Have your own steps checked")
        self.programs_page = self._page("&Programs", "Ctrl+3", "Run Python and C++ safely")
        self.zoom_in = make("Zoom &in", "Ctrl++|Ctrl+=", "Larger text")
        self.zoom_out = make("Zoom &out", "Ctrl+-", "Smaller text")
        self.zoom_normal = make("&Normal size", "Ctrl+0", "Text as designed")
        self.next_pane = make("Next &pane", "F6", "Move between list, transcript and field")
        self.about = make("&About STEM Tutor", "", "Version and licences")
        self.themes = QActionGroup(self)
        for choice, title in _THEME_TITLES:
            action = make(title, "", "")
            action.setCheckable(True)
            action.setData(choice)
            self.themes.addAction(action)

    def _make(self, title: str, keys: str, tip: str) -> QAction:
        return _action(title, keys, tip, self)

    def _page(self, title: str, keys: str, tip: str) -> QAction:
        action = self._make(title, keys, tip)
        action.setCheckable(True)
        self.pages.addAction(action)
        return action

    def connect_theme(self, choose: Callable[[Theme], None]) -> None:
        """Call `choose` with the theme that was picked."""
        self.themes.triggered.connect(lambda action: choose(Theme(action.data())))

    def check_theme(self, choice: Theme) -> None:
        """Mark the theme that holds."""
        for action in self.themes.actions():
            action.setChecked(Theme(action.data()) is choice)

    def fill(self, bar: QMenuBar) -> None:
        """Put all commands into a menu bar."""
        separator = None
        for title, actions in (
            ("&File", (self.new_chat, separator, self.import_model, self.use_built_in, separator,
                       self.export, self.print, separator, self.quit)),
            ("&Answer", (self.stop, self.ask_again, self.copy_answer)),
            ("&Thread", (self.find, separator, self.rename, self.delete)),
            ("&View", (self.solve_page, self.check_page, self.programs_page, separator,
                       self.sidebar, self.next_pane, separator, self.zoom_in, self.zoom_out,
                       self.zoom_normal)),
            ("&Help", (self.about,)),
        ):  # fmt: skip
            menu = bar.addMenu(title)
            for action in actions:
                if action is None:
                    menu.addSeparator()
                else:
                    menu.addAction(action)
            if title == "&View":
                menu.addSeparator()
                self._add_themes(menu)

    def _add_themes(self, menu: QMenu) -> None:
        themes = menu.addMenu("&Theme")
        for action in self.themes.actions():
            themes.addAction(action)
