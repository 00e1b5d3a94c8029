"""Which system calls a confined program may make, as a classic BPF program for the kernel.

An allow-list: what is not named fails with ENOSYS, which the C library and CPython answer with an
older call or an exception. Another architecture's calls (32-bit, x32) kill the process. The names
are those that CPython, NumPy, Matplotlib, SymPy, threads, multiprocessing, asyncio, subprocess,
g++, clang and the linker were seen to need.
"""

import struct
from dataclasses import dataclass
from enum import Enum

from tutor_app.core.errors import SandboxError
from tutor_app.sandbox.material import SYSTEM_CALLS, material


class Profile(Enum):
    """What else confines the program, which decides what the filter must add.

    NAMESPACES: it has its own network, processes and IPC. LANDLOCK: it shares them with the user,
    but the kernel keeps its signals inside. LANDLOCK_NO_SIGNALS: older kernels that do not.
    """

    NAMESPACES = "namespaces"
    LANDLOCK = "landlock"
    LANDLOCK_NO_SIGNALS = "landlock-no-signals"


_FILES = """
    read write readv writev pread64 pwrite64 preadv pwritev preadv2 pwritev2 open openat openat2
    creat close close_range stat fstat lstat newfstatat statx statfs fstatfs access faccessat
    faccessat2 lseek readlink readlinkat getdents getdents64 getcwd chdir fchdir rename renameat
    renameat2 mkdir mkdirat rmdir unlink unlinkat link linkat symlink symlinkat umask truncate
    ftruncate fallocate fadvise64 fsync fdatasync sync_file_range dup dup2 dup3 pipe pipe2 fcntl
    flock sendfile splice tee copy_file_range
"""
_WAITING = """
    poll ppoll select pselect6 epoll_create epoll_create1 epoll_ctl epoll_wait epoll_pwait
    epoll_pwait2 eventfd eventfd2 timerfd_create timerfd_settime timerfd_gettime signalfd signalfd4
    nanosleep clock_nanosleep clock_gettime clock_getres gettimeofday time times alarm getitimer
    setitimer timer_create timer_settime timer_gettime timer_getoverrun timer_delete pause
"""
_MEMORY = """
    mmap munmap mremap mprotect madvise brk msync mincore mlock munlock mlock2 membarrier
    pkey_alloc pkey_free pkey_mprotect mbind get_mempolicy
"""
_PROCESS = """
    rt_sigaction rt_sigprocmask rt_sigreturn rt_sigpending rt_sigtimedwait rt_sigsuspend
    sigaltstack getpid getppid gettid getuid geteuid getgid getegid getresuid getresgid getgroups
    getpgid getpgrp getsid getrlimit setrlimit getrusage sysinfo uname getcpu getpriority
    sched_yield sched_getaffinity sched_getparam sched_getscheduler sched_get_priority_max
    sched_get_priority_min sched_rr_get_interval set_tid_address set_robust_list get_robust_list
    futex futex_waitv rseq arch_prctl restart_syscall vfork fork execve execveat exit exit_group
    wait4 waitid getrandom prctl
"""
ALLOWED = tuple((_FILES + _WAITING + _MEMORY + _PROCESS).split())

_SOCKET_USE = [
    "getsockname",
    "getpeername",
    "getsockopt",
    "setsockopt",
    "sendto",
    "recvfrom",
    "sendmsg",
    "recvmsg",
    "sendmmsg",
    "recvmmsg",
    "shutdown",
]
_SOCKET_CONTACT = ["connect", "bind", "listen", "accept", "accept4"]
# Landlock does not cover these: they would change the user's own files, whatever the rules say.
_METADATA = [
    "chmod",
    "fchmod",
    "fchmodat",
    "fchmodat2",
    "chown",
    "fchown",
    "lchown",
    "fchownat",
    "utime",
    "utimes",
    "futimesat",
    "utimensat",
]
# Nor these: names of files in the user's folders, and notes that other programs keep on files.
_OBSERVING = [
    "inotify_init",
    "inotify_init1",
    "inotify_add_watch",
    "inotify_rm_watch",
    "getxattr",
    "lgetxattr",
    "fgetxattr",
    "listxattr",
    "llistxattr",
    "flistxattr",
]
_OTHERS = ["sched_setaffinity", "sched_setscheduler", "setpriority"]
_QUEUED_SIGNALS = ["rt_sigqueueinfo", "rt_tgsigqueueinfo", "pidfd_open", "pidfd_send_signal"]
_SIGNALS = ["kill", "tkill", "tgkill"]
_GROUPS = ["setsid", "setpgid"]

_EPERM, _EACCES, _ENOSYS, _EOPNOTSUPP, _EAFNOSUPPORT = 1, 13, 38, 95, 97
_AF_UNIX, _AF_INET, _AF_INET6, _AF_NETLINK = 1, 2, 10, 16
_SOCK_TYPE_MASK, _SOCK_STREAM = 0xF, 1
_TIOCSTI, _TIOCLINUX = 0x5412, 0x541C
# CLONE_NEWTIME, NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET
_CLONE_NEW_NAMESPACE = 0x80 | 0x20000 | 0x2000000 | 0x4000000 | 0x8000000 | 0x70000000

_KILL_PROCESS, _ERRNO, _ALLOW = 0x80000000, 0x00050000, 0x7FFF0000
_AUDIT_ARCHITECTURE = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_X32_BIT = 0x40000000
# offsets in struct seccomp_data
_NUMBER, _ARCHITECTURE, _FIRST_ARGUMENT = 0, 4, 16
_LOAD, _AND, _RETURN = 0x20, 0x54, 0x06
_IF_EQUAL, _IF_AT_LEAST, _IF_ANY_BIT = 0x15, 0x35, 0x45


@dataclass(frozen=True, slots=True)
class _Instruction:
    """One step of classic BPF: `jump_true` and `jump_false` skip that many steps."""

    code: int
    operand: int
    jump_true: int = 0
    jump_false: int = 0

    def packed(self) -> bytes:
        return struct.pack("<HBBI", self.code, self.jump_true, self.jump_false, self.operand)


_Rule = tuple[_Instruction, ...]
_ALLOWED_RULE: _Rule = (_Instruction(_RETURN, _ALLOW),)


def _failing(errno: int) -> _Rule:
    return (_Instruction(_RETURN, _ERRNO | errno),)


def _argument(index: int) -> _Instruction:
    return _Instruction(_LOAD, _FIRST_ARGUMENT + 8 * index)  # its low 32 bits: little endian


def _if_argument_in(index: int, values: tuple[int, ...], then: _Rule, otherwise: _Rule) -> _Rule:
    """Compare one argument; both branches end the program."""
    tests = tuple(
        _Instruction(_IF_EQUAL, value, jump_true=len(values) - 1 - place + len(otherwise))
        for place, value in enumerate(values)
    )
    return (_argument(index), *tests, *otherwise, *then)


def named_calls() -> frozenset[str]:
    """Every call that some profile names."""
    further = (
        _SOCKET_USE + _SOCKET_CONTACT + _METADATA + _OBSERVING + _OTHERS + _QUEUED_SIGNALS
        + _SIGNALS + _GROUPS
    )  # fmt: skip
    return frozenset(
        (*ALLOWED, *further, "ioctl", "clone", "clone3", "socket", "socketpair", "prlimit64")
    )


def _rules(profile: Profile) -> dict[str, _Rule]:
    """What happens at each call; a call that is missing fails with ENOSYS."""
    rules = dict.fromkeys(ALLOWED, _ALLOWED_RULE)
    rules["ioctl"] = _if_argument_in(1, (_TIOCSTI, _TIOCLINUX), _failing(_EPERM), _ALLOWED_RULE)
    rules["clone"] = (
        _argument(0),
        _Instruction(_IF_ANY_BIT, _CLONE_NEW_NAMESPACE, jump_false=1),
        *_failing(_EPERM),
        *_ALLOWED_RULE,
    )
    rules["clone3"] = _failing(_ENOSYS)  # its flags lie in memory; the C library then uses clone
    rules.update(_shared_rules(profile) if profile is not Profile.NAMESPACES else _own_rules())
    return rules


def _own_rules() -> dict[str, _Rule]:
    """With namespaces: everything these calls reach is the program's own."""
    free = (
        _SOCKET_USE + _SOCKET_CONTACT + _METADATA + _OBSERVING + _OTHERS + _QUEUED_SIGNALS
        + _SIGNALS + _GROUPS
    )  # fmt: skip
    rules = dict.fromkeys((*free, "socketpair", "prlimit64"), _ALLOWED_RULE)
    # AF_VSOCK, AF_ALG and others belong to no namespace
    families = (_AF_UNIX, _AF_INET, _AF_INET6, _AF_NETLINK)
    rules["socket"] = _if_argument_in(0, families, _ALLOWED_RULE, _failing(_EAFNOSUPPORT))
    return rules


def _shared_rules(profile: Profile) -> dict[str, _Rule]:
    """Without namespaces: nothing may reach the user's sockets, processes or file metadata."""
    rules = dict.fromkeys(_SOCKET_USE, _ALLOWED_RULE)  # of use on pairs only
    rules |= dict.fromkeys((*_SOCKET_CONTACT, "socket"), _failing(_EACCES))
    # streams only: a datagram of a pair can be sent to any other socket by name
    rules["socketpair"] = (
        _argument(1),
        _Instruction(_AND, _SOCK_TYPE_MASK),
        _Instruction(_IF_EQUAL, _SOCK_STREAM, jump_true=1),
        *_failing(_EAFNOSUPPORT),
        *_if_argument_in(0, (_AF_UNIX,), _ALLOWED_RULE, _failing(_EAFNOSUPPORT)),
    )
    # nobody leaves the process group, which is what is killed at the end
    rules |= dict.fromkeys((*_GROUPS, *_QUEUED_SIGNALS, *_OTHERS), _failing(_EPERM))
    rules |= dict.fromkeys(_OBSERVING, _failing(_EOPNOTSUPP))
    # "works" without doing anything: the linker stops where making its result executable fails
    rules |= dict.fromkeys(_METADATA, _failing(0))
    only_self = _if_argument_in(0, (0,), _ALLOWED_RULE, _failing(_EPERM))
    rules["prlimit64"] = only_self
    if profile is Profile.LANDLOCK:
        return rules | dict.fromkeys(_SIGNALS, _ALLOWED_RULE)
    return rules | {"kill": only_self, "tkill": _failing(_EPERM), "tgkill": _failing(_EPERM)}


def _numbers(machine: str) -> dict[str, int]:
    column = {"x86_64": 1, "aarch64": 2}.get(machine)
    if column is None:
        raise SandboxError(
            f"Programs cannot be isolated on a processor of the kind {machine}.",
            hint="x86_64 and aarch64 are supported.",
        )
    numbers = {}
    for line in material(SYSTEM_CALLS).splitlines():
        fields = line.split()
        if not line.startswith("#") and fields[column] != "-":
            numbers[fields[0]] = int(fields[column])
    return numbers


def build_filter(profile: Profile, machine: str) -> bytes:
    """The filter for `bwrap --seccomp` or `prctl(PR_SET_SECCOMP)`.

    Args:
        profile: what else confines the program.
        machine: as `platform.machine()` names it.

    Raises:
        SandboxError: there is no table of system calls for this kind of processor.
    """
    numbers = _numbers(machine)
    program = [
        _Instruction(_LOAD, _ARCHITECTURE),
        _Instruction(_IF_EQUAL, _AUDIT_ARCHITECTURE[machine], jump_true=1),
        _Instruction(_RETURN, _KILL_PROCESS),
        _Instruction(_LOAD, _NUMBER),
    ]
    if machine == "x86_64":
        program += [
            _Instruction(_IF_AT_LEAST, _X32_BIT, jump_false=1),
            _Instruction(_RETURN, _KILL_PROCESS),
        ]
    for name, rule in _rules(profile).items():
        if name in numbers:
            program.append(_Instruction(_IF_EQUAL, numbers[name], jump_false=len(rule)))
            program += rule
    program += _failing(_ENOSYS)
    return b"".join(instruction.packed() for instruction in program)
