# EXPECT: system calls that no lesson needs are all refused
# STATUS: ok
# ARCHITECTURE: x86_64
# PLAIN: skip
import ctypes
import os

library = ctypes.CDLL(None, use_errno=True)
calls = {
    "io_uring_setup": (425, 1, 0), "bpf": (321, 0, 0, 0), "perf_event_open": (298, 0, 0, -1, -1, 0),
    "userfaultfd": (323, 1), "keyctl": (250, 0, -3, 1), "add_key": (248, b"user", b"n", b"v", 1, -2),
    "request_key": (249, b"user", b"n", None, 0), "init_module": (175, None, 0, b""), "finit_module": (313, -1, b"", 0),
    "delete_module": (176, b"none", 0), "kexec_load": (246, 0, 0, None, 0), "reboot": (169, 0, 0, 0, None),
    "swapon": (167, b"none", 0), "swapoff": (168, b"none"), "acct": (163, None), "syslog": (103, 10, None, 0),
    "settimeofday": (164, None, None), "clock_settime": (227, 0, None), "clock_adjtime": (305, 0, None),
    "adjtimex": (159, None), "sethostname": (170, b"n", 1), "setdomainname": (171, b"n", 1), "iopl": (172, 3),
    "ioperm": (173, 0, 1, 1), "modify_ldt": (154, 0, None, 0), "personality": (135, 0x40000), "lookup_dcookie": (212, 0, None, 0),
    "move_pages": (279, 0, 0, None, None, None, 0), "migrate_pages": (256, 0, 0, None, None), "vhangup": (153,),
    "mq_open": (240, b"q", 0o102, 0o600, None), "memfd_create": (319, b"m", 0), "memfd_secret": (447, 0),
    "remap_file_pages": (216, 0, 0, 0, 0, 0), "vmsplice": (278, -1, None, 0, 0), "set_mempolicy": (238, 0, None, 0),
    "ioprio_set": (251, 1, 0, 0), "setuid": (105, 0), "setgroups": (116, 0, None), "capset": (126, None, None),
    "seccomp listener": (317, 1, 8, None), "process_mrelease": (448, -1, 0), "lsm_set_self_attr": (460, 0, None, 0, 0),
    "uselib": (134, b"n"), "nfsservctl": (180, 0, None, None), "sysfs": (139, 3), "ustat": (136, 0, None),
}
reachable = []
for name, arguments in calls.items():
    ctypes.set_errno(0)
    result = library.syscall(*arguments)
    if result >= 0 or ctypes.get_errno() not in (1, 38):
        reachable.append((name, result, os.strerror(ctypes.get_errno())))
print(f"ESCAPED reachable: {reachable}" if reachable else f"BLOCKED all {len(calls)}")
