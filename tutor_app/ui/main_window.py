"""The window: places the widgets and connects them to the session."""

from functools import partial

from PySide6.QtCore import Qt, QUrl, Slot
from PySide6.QtGui import QCloseEvent, QGuiApplication, QIcon
from PySide6.QtWidgets import (
    QLabel,
    QMainWindow,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from tutor_app.core.errors import TutorError
from tutor_app.core.records import Mode
from tutor_app.core.settings import Theme
from tutor_app.ui import messages
from tutor_app.ui.answer_files import AnswerFiles
from tutor_app.ui.check_page import CheckPage
from tutor_app.ui.code_words import NEEDS_LARGER_MODEL
from tutor_app.ui.composer import Composer
from tutor_app.ui.conversation import Services
from tutor_app.ui.crash_dialog import CrashDialog
from tutor_app.ui.find_bar import FindBar
from tutor_app.ui.menus import Commands
from tutor_app.ui.model_line import ModelLine
from tutor_app.ui.pages import Pages
from tutor_app.ui.program_panel import ProgramPanel
from tutor_app.ui.program_place import ProgramPlace
from tutor_app.ui.samples import load_samples
from tutor_app.ui.session import Session
from tutor_app.ui.settings import ZOOM_STEPS, WindowSettings
from tutor_app.ui.theme import LIGHT, Colours, ThemeSwitch
from tutor_app.ui.thread_list import ThreadList
from tutor_app.ui.transcript import TranscriptView
from tutor_app.ui.welcome import Welcome

_SIDEBAR_PX = 250
_ERRAND_WAIT_MS = 3_000
_MESSAGE_MS = 6_000
SOLVE_PAGE, CHECK_PAGE, PROGRAMS_PAGE = 0, 1, 2


class MainWindow(QMainWindow):
    """Everything on screen."""

    def __init__(self, services: Services, settings: WindowSettings) -> None:
        super().__init__()
        self._services = services
        self._settings = settings
        self._draft_key: int | None = None
        self._zoom = settings.zoom
        self._check_page: CheckPage | None = None
        self._colours = LIGHT
        self.setWindowTitle("STEM Tutor")
        self.setMinimumSize(560, 420)
        icon = QIcon(str(services.assets / "icon.svg"))
        self.setWindowIcon(icon)
        self.session = Session(services.history, services.conversation, self)
        self.theme = ThemeSwitch(self)
        self.commands = Commands(self)
        self.threads = ThreadList(self)
        self.transcript = TranscriptView(services.assets / "web", self)
        samples = load_samples(services.assets / "samples" / "examples.json")
        self.welcome = Welcome(samples, icon, self)
        self.composer = Composer(self)
        self.find_bar = FindBar(self)
        self.model_line = ModelLine(
            services.load_model, services.import_model, services.use_built_in, self
        )
        self.files = AnswerFiles(services.exporters, self.transcript, self)
        self.programs = ProgramPlace(self._make_program_panel, self)
        self._speed_label = QLabel(self)
        self._place_widgets()
        self._connect_session()
        self._connect_widgets()
        self._connect_commands()
        self._restore()

    # -- construction

    def _place_widgets(self) -> None:
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.welcome)
        self._stack.addWidget(self.transcript)
        right = QWidget(self)
        layout = QVBoxLayout(right)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.find_bar)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self.composer)
        self._splitter = QSplitter(self)
        self.programs.splitter.addWidget(right)
        self._splitter.addWidget(self.threads)
        self._splitter.addWidget(self.programs.splitter)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setHandleWidth(1)
        self._splitter.setCollapsible(1, False)
        self._splitter.setSizes([_SIDEBAR_PX, 900])
        self.pages = Pages(self)
        self.pages.add("Solve", "Ask the tutor (Ctrl+1)", self._splitter)
        self._check_holder = QWidget(self.pages)
        QVBoxLayout(self._check_holder).setContentsMargins(0, 0, 0, 0)
        self.pages.add("Check my work", "Have your own steps checked (Ctrl+2)", self._check_holder)
        self.pages.add("Programs", "Run Python and C++ safely (Ctrl+3)", self.programs.page)
        self.setCentralWidget(self.pages)
        self.commands.fill(self.menuBar())
        self.statusBar().setSizeGripEnabled(False)
        self.statusBar().addWidget(self.model_line)
        self.statusBar().addPermanentWidget(self._speed_label)

    def _connect_session(self) -> None:
        session = self.session
        session.threads_changed.connect(self.threads.show_threads)
        session.thread_opened.connect(self._on_thread_opened)
        session.transcript_replaced.connect(self.transcript.reset)
        session.transcript_grew.connect(self.transcript.push)
        session.running_changed.connect(self.composer.set_running)
        session.running_changed.connect(self._update_stop)
        session.speed_changed.connect(self._speed_label.setText)
        session.failed.connect(self.show_failure)
        session.crashed.connect(self.show_crash)

    def _connect_widgets(self) -> None:
        session = self.session
        self.threads.chosen.connect(session.open_thread)
        self.threads.new_requested.connect(self._open_new)
        self.threads.renamed.connect(session.rename_thread)
        self.threads.deleted.connect(session.delete_thread)
        self.threads.restored.connect(session.restore_thread)
        self.composer.sent.connect(self._ask_typed)
        self.composer.mode_changed.connect(self._on_mode_changed)
        self.composer.stop_requested.connect(session.stop)
        self.composer.rested.connect(self._keep_draft)
        self.welcome.example_chosen.connect(self._ask_example)
        self.transcript.pressed.connect(self._on_pressed)
        self.transcript.link_followed.connect(self._offer_link)
        self.transcript.broken.connect(self._on_page_broken)
        self.find_bar.wanted.connect(self.transcript.find_text)
        self.transcript.found.connect(self.find_bar.show_count)
        self.model_line.chosen.connect(self._on_model_chosen)
        self.files.told.connect(self._tell)
        for part in (self.model_line, self.files):
            part.failed.connect(self.show_failure)
            part.crashed.connect(self.show_crash)
        self.theme.changed.connect(self._on_theme_changed)
        self.pages.changed.connect(self._on_page_changed)

    def _connect_commands(self) -> None:
        commands = self.commands
        for action, slot in (
            (commands.new_chat, self._open_new),
            (commands.import_model, self.model_line.choose),
            (commands.use_built_in, self.model_line.use_built_in),
            (commands.export, self._export),
            (commands.print, self._print),
            (commands.solve_page, partial(self.pages.show_page, SOLVE_PAGE)),
            (commands.check_page, partial(self.pages.show_page, CHECK_PAGE)),
            (commands.programs_page, partial(self.pages.show_page, PROGRAMS_PAGE)),
            (commands.quit, self.close),
            (commands.stop, self._stop),
            (commands.ask_again, self._ask_again),
            (commands.copy_answer, self._copy_answer),
            (commands.rename, self.threads.rename_selected),
            (commands.delete, self.threads.delete_selected),
            (commands.zoom_in, partial(self._zoom_by, 1)),
            (commands.zoom_out, partial(self._zoom_by, -1)),
            (commands.zoom_normal, partial(self._zoom_by, 0)),
            (commands.find, self._find),
            (commands.next_pane, self._focus_next_pane),
            (commands.about, self._show_about),
        ):
            action.triggered.connect(slot)
        commands.sidebar.toggled.connect(self.threads.setVisible)
        commands.connect_theme(self._choose_theme)
        commands.stop.setEnabled(False)
        commands.solve_page.setChecked(True)

    def _restore(self) -> None:
        settings = self._settings
        if not self.restoreGeometry(settings.geometry):
            self.resize(1_120, 780)
        self._splitter.restoreState(settings.splitter)
        self._choose_theme(settings.theme)
        self.transcript.set_zoom(self._zoom)
        self.composer.set_mode(settings.mode)
        self._on_mode_changed(settings.mode)
        self.session.refresh_threads()
        self.session.open_thread(self._known_thread(settings.last_thread))
        self.composer.setFocus()
        self.pages.show_page(settings.page)

    def _known_thread(self, thread_id: int | None) -> int | None:
        return thread_id if self.threads.contains(thread_id) else None

    # -- pages

    @property
    def check_page(self) -> CheckPage:
        """The page for a learner's own working; made when it is first wanted."""
        if self._check_page is None:
            page = CheckPage(self._services, self._settings, self._check_holder)
            page.told.connect(self._tell)
            page.failed.connect(self.show_failure)
            page.crashed.connect(self.show_crash)
            page.preview.link_followed.connect(self._offer_link)
            page.preview.broken.connect(self._on_page_broken)
            page.set_colours(self._colours)
            page.set_zoom(self._zoom)
            layout = self._check_holder.layout()
            assert layout is not None
            layout.addWidget(page)
            self._check_page = page
        return self._check_page

    def _make_program_panel(self) -> ProgramPanel:
        panel = ProgramPanel(self._services.runner, self._settings, self)
        panel.told.connect(self._tell)
        panel.failed.connect(self.show_failure)
        panel.crashed.connect(self.show_crash)
        panel.running_changed.connect(self._update_stop)
        panel.close_wanted.connect(self.composer.setFocus)
        panel.set_colours(self._colours)
        panel.set_zoom(self._zoom)
        return panel

    @Slot(int)
    def _on_page_changed(self, number: int) -> None:
        commands = self.commands
        (commands.solve_page, commands.check_page, commands.programs_page)[number].setChecked(True)
        if number == PROGRAMS_PAGE:
            self.programs.show_page()
            self.programs.panel.setFocus()
        elif number == CHECK_PAGE:
            self.check_page.setFocus()
        else:
            self.programs.show_beside()
            self.composer.setFocus()
        self._settings.page = number
        self._settings.save()

    # -- stopping

    @Slot()
    def _update_stop(self) -> None:
        panel = self.programs.made
        runs_program = panel is not None and panel.session.is_running
        self.commands.stop.setEnabled(self.session.is_running or runs_program)

    @Slot()
    def _stop(self) -> None:
        """End what the user is looking at: the program where its panel has the focus."""
        panel = self.programs.made
        if panel is not None and panel.session.is_running:
            focused = QGuiApplication.focusObject()
            has_focus = isinstance(focused, QWidget) and panel.isAncestorOf(focused)
            is_page = self.pages.shown == PROGRAMS_PAGE
            if has_focus or is_page or not self.session.is_running:
                panel.stop()
                return
        self.session.stop()

    # -- threads and problems

    @Slot()
    def _open_new(self) -> None:
        self.pages.show_page(SOLVE_PAGE)
        self.session.open_thread(None)

    @Slot(object)
    def _on_thread_opened(self, thread_id: int | None) -> None:
        self.find_bar.dismiss()
        self._settings.set_draft(self._draft_key, self.composer.text)
        self._draft_key = thread_id
        self._settings.last_thread = thread_id
        self._settings.save()  # now, so that a killed app opens where it was
        self.composer.set_text(self._settings.draft(thread_id))
        self._stack.setCurrentWidget(self.welcome if thread_id is None else self.transcript)
        self.threads.select(thread_id)
        self.composer.setFocus()

    @Slot()
    def _keep_draft(self) -> None:
        self._settings.set_draft(self._draft_key, self.composer.text)
        self._settings.save()

    @Slot(str)
    def _ask_typed(self, problem: str) -> None:
        self._ask(problem, self.composer.mode)

    @Slot(str)
    def _ask_example(self, problem: str) -> None:
        self._ask(problem, Mode.SOLVE)

    def _ask(self, problem: str, mode: Mode) -> None:
        self.pages.show_page(SOLVE_PAGE)
        typed = self.composer.text
        self.composer.set_text("")
        if not self.session.ask(problem, mode):
            self.composer.set_text(typed or problem)

    @Slot(object)
    def _on_mode_changed(self, mode: Mode) -> None:
        self._settings.mode = mode
        is_built_in = not self._settings.current.model_path
        is_warned = is_built_in and mode is not Mode.SOLVE
        self.composer.show_warning(NEEDS_LARGER_MODEL if is_warned else "")

    @Slot(str)
    def _on_model_chosen(self, path: str) -> None:
        self._settings.set_model_path(path)
        self._on_mode_changed(self.composer.mode)

    @Slot()
    def _ask_again(self) -> None:
        self._ask_same(None)

    def _ask_same(self, turn: str | None) -> None:
        problem, mode = self.session.question(turn)
        if problem:
            self._ask(problem, mode)

    # -- buttons in the page

    @Slot(str, str)
    def _on_pressed(self, name: str, target: str) -> None:
        match name:
            case "copy-block":
                block = self.session.code(target)
                self._copy(block.source if block is not None else "", "Code copied")
            case "run-block":
                block = self.session.code(target)
                if block is not None:
                    self.programs.run_beside(block)
            case "copy-answer":
                self._copy(self.session.answer_text(target), "Answer copied with its LaTeX")
            case "export":
                self.files.export(self.session.solution(target))
            case "ask-again":
                self._ask_same(target)
            case _:
                pass  # an id this build does not know does nothing

    def _copy(self, text: str, message: str) -> None:
        if text:
            QGuiApplication.clipboard().setText(text)
            self._tell(message)

    @Slot(str)
    def _tell(self, message: str) -> None:
        self.statusBar().showMessage(message, _MESSAGE_MS)

    @Slot()
    def _find(self) -> None:
        is_solving = self.pages.shown == SOLVE_PAGE
        if is_solving and self._stack.currentWidget() is not self.welcome:
            self.find_bar.summon()

    @Slot()
    def _copy_answer(self) -> None:
        self._copy(self.session.answer_text(None), "Answer copied with its LaTeX")

    @Slot(QUrl)
    def _offer_link(self, url: QUrl) -> None:
        messages.offer_link(url, self)

    @Slot()
    def _export(self) -> None:
        if self.pages.shown == CHECK_PAGE:
            self.check_page.export()
            return
        self.files.export(self.session.solution(None))

    @Slot()
    def _print(self) -> None:
        if self.pages.shown == CHECK_PAGE:
            self.check_page.export()
        else:
            self.files.print_thread()

    # -- look

    def _choose_theme(self, choice: Theme) -> None:
        self._settings.theme = choice
        self.commands.check_theme(choice)
        self.theme.choose(choice)

    @Slot(object)
    def _on_theme_changed(self, colours: Colours) -> None:
        self._colours = colours
        self.transcript.set_theme(colours.name, colours.background)
        if self._check_page is not None:
            self._check_page.set_colours(colours)
        if self.programs.made is not None:
            self.programs.made.set_colours(colours)

    def _zoom_by(self, steps: int) -> None:
        place = ZOOM_STEPS.index(self._zoom) + steps
        self._zoom = ZOOM_STEPS[min(max(place, 0), len(ZOOM_STEPS) - 1)] if steps else 1.0
        self._settings.zoom = self._zoom
        self.transcript.set_zoom(self._zoom)
        if self._check_page is not None:
            self._check_page.set_zoom(self._zoom)
        if self.programs.made is not None:
            self.programs.made.set_zoom(self._zoom)

    @Slot()
    def _focus_next_pane(self) -> None:
        if self.pages.shown == CHECK_PAGE:
            self.check_page.focus_next_pane()
            return
        if self.pages.shown == PROGRAMS_PAGE:
            self.programs.panel.focus_next_pane()
            return
        shown = self.welcome if self._stack.currentWidget() is self.welcome else self.transcript
        panes: list[QWidget] = [self.threads, shown, self.composer]
        if self.programs.is_beside:
            panel = self.programs.panel
            panes += [panel.editor, panel.input, panel.view]
        focused = QGuiApplication.focusObject()
        place = next(
            (n for n, pane in enumerate(panes)
             if isinstance(focused, QWidget)
             and (pane is focused or pane.isAncestorOf(focused))), -1
        )  # fmt: skip
        panes[(place + 1) % len(panes)].setFocus(Qt.FocusReason.ShortcutFocusReason)

    # -- messages

    @Slot(object)
    def show_failure(self, error: TutorError) -> None:
        """An expected error outside any answer: one sentence and what to do."""
        messages.show_failure(error, self)

    @Slot(str)
    def show_crash(self, details: str) -> None:
        """A fault of the program."""
        CrashDialog(details, self).open()

    @Slot()
    def _on_page_broken(self) -> None:
        self.statusBar().showMessage("The transcript cannot be shown; restart the program.")

    @Slot()
    def _show_about(self) -> None:
        messages.show_about(self)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop, remember, release."""
        settings = self._settings
        settings.geometry = self.saveGeometry()
        settings.splitter = self._splitter.saveState()
        settings.last_thread = self.session.thread_id
        settings.set_draft(self._draft_key, self.composer.text)
        if self._check_page is not None:
            self._check_page.keep_draft()
        settings.save()
        self.session.shut()
        self.model_line.shut(_ERRAND_WAIT_MS)
        self.files.shut(_ERRAND_WAIT_MS)
        self.transcript.shut()
        if self._check_page is not None:
            self._check_page.shut(_ERRAND_WAIT_MS)
        if self.programs.made is not None:
            self.programs.made.shut(_ERRAND_WAIT_MS)
        super().closeEvent(event)
