"""Matplotlib's way out of the sandbox: `plt.show()` saves the open figures as PNG files.

It is not part of the app: the program under test imports it as `tutor_figures`.
"""

import itertools

from matplotlib._pylab_helpers import Gcf
from matplotlib.backend_bases import FigureManagerBase as FigureManager
from matplotlib.backends.backend_agg import FigureCanvasAgg as FigureCanvas

__all__ = ["FigureCanvas", "FigureManager", "show"]

_DOTS_PER_INCH = 110
_numbers = itertools.count(1)


def show(*_arguments: object, **_options: object) -> None:
    """Save every open figure in the work folder and close it."""
    for manager in Gcf.get_all_fig_managers():
        manager.canvas.figure.savefig(f"figure-{next(_numbers):02d}.png", dpi=_DOTS_PER_INCH)
    Gcf.destroy_all()
