"""Linux calls that the standard library does not offer."""

import ctypes
import fcntl
import os
import struct

PR_SET_PDEATHSIG, PR_SET_SECCOMP = 1, 22
PR_SET_CHILD_SUBREAPER, PR_SET_NO_NEW_PRIVS = 36, 38
_SECCOMP_MODE_FILTER = 2
_LANDLOCK_CREATE, _LANDLOCK_ADD_RULE, _LANDLOCK_RESTRICT = 444, 445, 446
_LANDLOCK_VERSION_FLAG, _LANDLOCK_PATH_BENEATH = 1, 1
LEAST_LANDLOCK_ABI = 3
"""Older ones let a program empty files that it may not write (TRUNCATE is not covered)."""

# access rights of the file system, by bit
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_FOLDER = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_MAKE_CHAR, _MAKE_SOCKET, _MAKE_FIFO, _MAKE_BLOCK = 1 << 6, 1 << 9, 1 << 10, 1 << 11
_FIRST_ABI_RIGHTS = (1 << 13) - 1
_TRUNCATE, _DEVICE_IOCTL = 1 << 14, 1 << 15
_RIGHT_SINCE_ABI = ((2, 1 << 13), (3, _TRUNCATE), (5, _DEVICE_IOCTL))
_RIGHTS_OF_FILES = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE | _DEVICE_IOCTL
READ_AND_EXECUTE = _EXECUTE | _READ_FILE | _READ_FOLDER
READ = _READ_FILE | _READ_FOLDER
READ_AND_WRITE_FILE = _READ_FILE | _WRITE_FILE
# everything but device nodes, sockets, pipes with a name, and talking to devices
WORK_FOLDER = (_FIRST_ABI_RIGHTS | 1 << 13 | _TRUNCATE) & ~(
    _MAKE_CHAR | _MAKE_SOCKET | _MAKE_FIFO | _MAKE_BLOCK
)
_TCP_BIND_AND_CONNECT, _TCP_SINCE_ABI = 3, 4
_SCOPE_ABSTRACT_SOCKETS_AND_SIGNALS, SCOPES_SINCE_ABI = 3, 6

# struct pidfd_info: mask, control group, eleven ids, exit code
_PIDFD_INFO = struct.Struct("=QQ11Ii")
_PIDFD_GET_INFO = 3 << 30 | _PIDFD_INFO.size << 16 | 0xFF << 8 | 11
_PIDFD_INFO_EXIT = 1 << 3


def _library() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _require(result: int, call: str) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{call}: {os.strerror(number)}")
    return result


def prctl(option: int, value: int) -> None:
    """Set a property of this process.

    Raises:
        OSError: the kernel refuses.
    """
    _require(_library().prctl(option, ctypes.c_ulong(value), 0, 0, 0), f"prctl {option}")


class _FilterProgram(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_void_p))


def filter_system_calls(program: bytes) -> None:
    """Put a seccomp filter on this process, for good.

    Raises:
        OSError: the kernel refuses.
    """
    buffer = ctypes.create_string_buffer(program, len(program))
    described = _FilterProgram(len(program) // 8, ctypes.addressof(buffer))
    result = _library().prctl(PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(described), 0, 0)
    _require(result, "seccomp")


def landlock_abi() -> int:
    """The version of Landlock that this kernel offers; 0 where there is none."""
    version = _library().syscall(
        _LANDLOCK_CREATE, None, ctypes.c_size_t(0), ctypes.c_uint(_LANDLOCK_VERSION_FLAG)
    )
    return max(0, int(version))


def restrict_files(rules: tuple[tuple[str, int], ...], abi: int) -> None:
    """Let this process reach only the paths named, no TCP port, and no process outside.

    Args:
        rules: paths and what may be done beneath them; a path that is missing gives nothing.
        abi: of the kernel, or lower.

    Raises:
        OSError: the kernel refuses.
    """
    handled = _FIRST_ABI_RIGHTS
    for since, right in _RIGHT_SINCE_ABI:
        handled |= right if abi >= since else 0
    attributes = struct.pack("=Q", handled)
    if abi >= _TCP_SINCE_ABI:
        attributes += struct.pack("=Q", _TCP_BIND_AND_CONNECT)
    if abi >= SCOPES_SINCE_ABI:
        attributes += struct.pack("=Q", _SCOPE_ABSTRACT_SOCKETS_AND_SIGNALS)
    library = _library()
    created = library.syscall(
        _LANDLOCK_CREATE, attributes, ctypes.c_size_t(len(attributes)), ctypes.c_uint(0)
    )
    ruleset = _require(created, "landlock_create_ruleset")
    for path, rights in rules:
        _allow_beneath(library, ruleset, path, rights & handled)
    _require(library.syscall(_LANDLOCK_RESTRICT, ruleset, ctypes.c_uint(0)), "landlock_restrict")
    os.close(ruleset)


def _allow_beneath(library: ctypes.CDLL, ruleset: int, path: str, rights: int) -> None:
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    if not os.path.isdir(path):
        rights &= _RIGHTS_OF_FILES
    rule = struct.pack("=Qi", rights, place)
    added = library.syscall(
        _LANDLOCK_ADD_RULE, ruleset, _LANDLOCK_PATH_BENEATH, rule, ctypes.c_uint(0)
    )
    _require(added, f"landlock_add_rule {path}")
    os.close(place)


def wait_status_of(pidfd: int) -> int | None:
    """The wait status of a process that somebody else has reaped; None before Linux 6.15."""
    buffer = bytearray(_PIDFD_INFO.pack(_PIDFD_INFO_EXIT, *[0] * 13))
    try:
        fcntl.ioctl(pidfd, _PIDFD_GET_INFO, buffer)
    except OSError:
        return None
    fields = _PIDFD_INFO.unpack(buffer)
    return int(fields[-1]) if fields[0] & _PIDFD_INFO_EXIT else None
