"""Which libraries of the operating system the app needs, and how to get them on Debian and Ubuntu.

Verified from an empty Debian 12: Qt widgets, WebEngine, X11 and Wayland.
"""

import ctypes
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from messages import SetupError, say

_T64_PACKAGES = frozenset({"libglib2.0-0", "libasound2"})
_CODENAMES_BEFORE_T64 = frozenset(
    {"buster", "bullseye", "bookworm", "bionic", "focal", "jammy", "kinetic", "lunar", "mantic"}
)
_FONT_PACKAGE = "fonts-dejavu-core"
_FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")

_PACKAGE_OF_LIBRARY = {
    # Qt widgets
    "libglib-2.0.so.0": "libglib2.0-0",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libX11.so.6": "libx11-6",
    # WebEngine
    "libnss3.so": "libnss3",
    "libnspr4.so": "libnspr4",
    "libasound.so.2": "libasound2",
    "libgbm.so.1": "libgbm1",
    "libXcomposite.so.1": "libxcomposite1",
    "libXdamage.so.1": "libxdamage1",
    "libXext.so.6": "libxext6",
    "libXfixes.so.3": "libxfixes3",
    "libXrandr.so.2": "libxrandr2",
    "libXtst.so.6": "libxtst6",
    "libxkbfile.so.1": "libxkbfile1",
    "libxcb-dri3.so.0": "libxcb-dri3-0",
    "libxcb.so.1": "libxcb1",
    "libbrotlidec.so.1": "libbrotli1",
    # X11
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    # Wayland
    "libwayland-cursor.so.0": "libwayland-cursor0",
}
_PACKAGE_OF_TOOL = {"g++": "g++", "cmake": "cmake"}
# For running programs; without them the app works, but refuses to run some or isolates them less.
_RECOMMENDED_PACKAGE_OF_TOOL = {"bwrap": "bubblewrap", "g++": "g++"}


@dataclass(frozen=True, slots=True)
class Machine:
    """What the set-up asks of the machine it runs on; tests pass another one.

    Attributes:
        has_library: whether a shared object of this name can be loaded.
        has_tool: whether a program of this name is on the path.
        has_fonts: whether any font is installed.
        has_ensurepip: whether this Python can make a virtual environment.
        has_apt: whether apt-get is there.
        is_root: whether packages can be installed without asking.
        os_release: the fields of /etc/os-release.
    """

    has_library: Callable[[str], bool]
    has_tool: Callable[[str], bool]
    has_fonts: bool
    has_ensurepip: bool
    has_apt: bool
    is_root: bool
    os_release: Mapping[str, str]


def _known_libraries() -> frozenset[str]:
    for program in ("ldconfig", "/sbin/ldconfig", "/usr/sbin/ldconfig"):
        if shutil.which(program):
            listing = subprocess.run([program, "-p"], capture_output=True, text=True, check=False)
            return frozenset(re.findall(r"^\s*(\S+) \(", listing.stdout, re.M))
    return frozenset()


def _can_load(soname: str) -> bool:
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


def _has_fonts() -> bool:
    folders = (Path(folder).expanduser() for folder in _FONT_FOLDERS)
    return any(
        path.suffix.lower() in {".ttf", ".otf", ".ttc"}
        for folder in folders
        if folder.is_dir()
        for path in folder.rglob("*")
    )


def _read_os_release() -> dict[str, str]:
    try:
        text = Path("/etc/os-release").read_text(encoding="utf-8")
    except OSError:
        return {}
    pairs = (line.split("=", 1) for line in text.splitlines() if "=" in line)
    return {name: value.strip("\"'") for name, value in pairs}


def this_machine() -> Machine:
    """The machine this runs on (Linux)."""
    known = _known_libraries()
    return Machine(
        # ldconfig does not list everything (Nix, LD_LIBRARY_PATH); loading is the last word
        has_library=lambda soname: soname in known or _can_load(soname),
        has_tool=lambda name: shutil.which(name) is not None,
        has_fonts=_has_fonts(),
        has_ensurepip=importlib.util.find_spec("ensurepip") is not None,
        has_apt=shutil.which("apt-get") is not None,
        is_root=hasattr(os, "geteuid") and os.geteuid() == 0,
        os_release=_read_os_release(),
    )


def _debian_name(package: str, os_release: Mapping[str, str]) -> str:
    codename = (
        os_release.get("UBUNTU_CODENAME")
        or os_release.get("DEBIAN_CODENAME")
        or os_release.get("VERSION_CODENAME", "")
    )
    # Ubuntu 24.04 and Debian 13 renamed what holds a 64-bit time_t
    if package in _T64_PACKAGES and codename not in _CODENAMES_BEFORE_T64:
        return f"{package}t64"
    return package


def missing_packages(machine: Machine, *, for_window: bool, for_build: bool) -> tuple[str, ...]:
    """Debian names of what is missing, in a fixed order.

    Args:
        machine: where to look.
        for_window: whether Qt and WebEngine will be loaded.
        for_build: whether the model runtime must be compiled.
    """
    missing = []
    if not machine.has_ensurepip:
        missing.append(f"python3.{sys.version_info.minor}-venv")
    if for_build:
        missing += [
            package for tool, package in _PACKAGE_OF_TOOL.items() if not machine.has_tool(tool)
        ]
    if for_window:
        missing += [
            _debian_name(package, machine.os_release)
            for soname, package in _PACKAGE_OF_LIBRARY.items()
            if not machine.has_library(soname)
        ]
        if not machine.has_fonts:
            missing.append(_FONT_PACKAGE)
    return tuple(missing)


def recommended_packages(machine: Machine) -> tuple[str, ...]:
    """Debian names of what is missing to run programs safely, in a fixed order."""
    return tuple(
        package
        for tool, package in _RECOMMENDED_PACKAGE_OF_TOOL.items()
        if not machine.has_tool(tool)
    )


def install_command(packages: Iterable[str], *, sudo: bool) -> str:
    """The one command line that installs the packages."""
    prefix = "sudo " if sudo else ""
    return (
        f"{prefix}apt-get update && {prefix}apt-get install -y --no-install-recommends "
        + " ".join(packages)
    )


def _run_apt(packages: tuple[str, ...]) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    command = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    for step in (["apt-get", "update"], command):
        if subprocess.run(step, env=environment, stdout=sys.stderr, check=False).returncode != 0:
            raise SetupError(
                f"`{' '.join(step)}` failed.",
                hint="It needs a network connection and free disk space; the lines above say why.",
            )


def offer_recommended_packages(machine: Machine) -> None:
    """Install what running programs safely needs, or say how; never stops the set-up."""
    packages = recommended_packages(machine)
    if not packages:
        return
    if machine.has_apt and machine.is_root:
        say(f"Installing what keeps programs apart from your files: {' '.join(packages)}")
        try:
            _run_apt(packages)
        except SetupError as error:
            say(f"{error} The app works without, but runs programs with less isolation or not.")
    elif machine.has_apt:
        say(
            "To let the app run programs safely, you may also install:\n\n  "
            + install_command(packages, sudo=True)
            + "\n"
        )
    else:
        say(f"To let the app run programs safely, also install: {' '.join(packages)}.")


def ensure_system_packages(machine: Machine, *, for_window: bool, for_build: bool) -> None:
    """Install what is missing, or say which one command does.

    Raises:
        SetupError: something is missing and apt-get cannot install it from here.
    """
    packages = missing_packages(machine, for_window=for_window, for_build=for_build)
    if not packages:
        return
    if not machine.has_apt:
        # other systems split their packages otherwise: what is missed here may not be needed
        say(
            f"These may be missing (Debian's names): {' '.join(packages)}. "
            "If the next lines fail, install them with your system's package manager."
        )
        return
    if not machine.is_root:
        raise SetupError(
            "Some system packages are missing. This command installs them:\n\n  "
            + install_command(packages, sudo=True)
            + "\n",
            hint="Then run the same command as before.",
        )
    say(f"Installing {len(packages)} system packages: {' '.join(packages)}")
    _run_apt(packages)
