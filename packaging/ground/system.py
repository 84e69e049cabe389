"""System libraries and programs: installed where we may (Debian, Ubuntu, as root), named with their cure elsewhere."""

import ctypes
import os
import shutil
import sys
import sysconfig
from collections.abc import Mapping, Sequence

from ground.terminal import CannotGoOn, run, step

# What Qt's xcb platform plugin and OpenGL need that a bare Debian lacks: library -> package.
WINDOW_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
}
# What the tests need beside: a library of the browser driver's own Node, and programs, each with its package.
TEST_LIBRARIES = {"libatomic.so.1": "libatomic1"}
TEST_PROGRAMS = {"Xvfb": "xvfb", "chromium": "chromium"}
# What building and trying the studio's bundle needs: PyInstaller's tool, and a virtual screen where there is none.
BUNDLE_PROGRAMS = {"objdump": "binutils"}
SCREEN_PROGRAMS = {"Xvfb": "xvfb", "xauth": "xauth"}
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts")
FONTS_PACKAGE = "fonts-dejavu-core"


def has_display(environment: Mapping[str, str] = os.environ) -> bool:
    """Tell whether a window can be shown here."""
    if sys.platform in {"win32", "darwin"}:
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def ensure_window_libraries() -> None:
    """Make sure that a Qt window with OpenGL can open. Raises: CannotGoOn, naming what is missing."""
    if sys.platform.startswith("linux"):
        _ensure_packages(
            [package for name, package in WINDOW_LIBRARIES.items() if not _loads(name)], "the studio's window"
        )


def ensure_test_programs() -> None:
    """Make sure that tests find a virtual screen, a browser and fonts. Raises: CannotGoOn, naming what is missing."""
    if not sys.platform.startswith("linux"):
        return
    ensure_window_libraries()
    missing = _missing_libraries(TEST_LIBRARIES)
    missing += [package for program, package in TEST_PROGRAMS.items() if not shutil.which(program)]
    if not _has_a_font():
        missing.append(FONTS_PACKAGE)
    _ensure_packages(missing, "the tests")


def ensure_bundle_programs() -> None:
    """Make sure that the studio's bundle can be built and tried. Raises: CannotGoOn, naming what is missing."""
    if not sys.platform.startswith("linux"):
        return
    ensure_window_libraries()
    programs = BUNDLE_PROGRAMS if has_display() else {**BUNDLE_PROGRAMS, **SCREEN_PROGRAMS}
    missing = [package for program, package in programs.items() if not shutil.which(program)]
    # Debian's Python is one file; PyInstaller needs it as a library, which is a package of its own there.
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    library = f"libpython{version}.so.1.0"
    if not _loads(library) and not os.path.isfile(os.path.join(sysconfig.get_config_var("LIBDIR") or "", library)):
        missing.append(f"libpython{version}")
    _ensure_packages(missing, "the studio's bundle")


def _missing_libraries(packages: Mapping[str, str]) -> list[str]:
    return [package for library, package in packages.items() if not _loads(library)]


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _has_a_font() -> bool:
    return any(
        name.endswith((".ttf", ".otf")) for folder in FONT_FOLDERS for _, _, names in os.walk(folder) for name in names
    )


def _ensure_packages(packages: Sequence[str], purpose: str) -> None:
    if not packages:
        return
    names = " ".join(packages)
    if not shutil.which("apt-get"):
        raise CannotGoOn(
            f"Missing for {purpose} (by Debian's names): {names}. Install your system's packages of these."
        )
    if os.geteuid() != 0:
        raise CannotGoOn(f"Missing for {purpose}. Run: sudo apt-get install {names}")
    with step(f"System packages: {names}"):
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        run(["apt-get", "update", "-qq"], env=quiet)
        run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages], env=quiet)
