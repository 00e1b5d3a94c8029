# EXPECT: the kernel's ways to files without a path, and to other roots, are closed
# STATUS: ok
# ARCHITECTURE: x86_64
# PLAIN: skip
import ctypes
import os

library = ctypes.CDLL(None, use_errno=True)
handle = ctypes.create_string_buffer(b"\x80\0\0\0" + b"\0" * 140)
mount_id = ctypes.c_int()
here = os.open(".", os.O_RDONLY)
calls = {
    "name_to_handle_at": (303, -100, b"@HOME@/diary.txt", handle, ctypes.byref(mount_id), 0),
    "open_by_handle_at": (304, here, handle, 0),
    "chroot": (161, b"."),
    "pivot_root": (155, b".", b"."),
    "mount": (165, b"none", b"/tmp", b"tmpfs", 0, None),
    "umount2": (166, b"/proc", 2),
    "open_tree": (428, -100, b"/", 0),
    "move_mount": (429, here, b"", -100, b"/tmp", 4),
    "fsopen": (430, b"tmpfs", 0),
    "fspick": (433, -100, b"/", 0),
    "mount_setattr": (442, -100, b"/", 0, None, 0),
    "unshare user": (272, 0x10000000),
    "unshare mount": (272, 0x20000),
    "setns": (308, here, 0),
    "statmount": (457, None, None, 0, 0),
    "listmount": (458, None, None, 0, 0),
    "fanotify_init": (300, 0, 0),
    "quotactl": (179, 0x80000200, None, 0, None),
}
for name, arguments in calls.items():
    ctypes.set_errno(0)
    result = library.syscall(*arguments)
    number = ctypes.get_errno()
    is_refused = result < 0 and number in (1, 38)
    print("BLOCKED" if is_refused else "ESCAPED reachable:", name, result, os.strerror(number))
