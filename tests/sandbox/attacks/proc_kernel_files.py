# EXPECT: the kernel's knobs cannot be written and its secrets cannot be read
# STATUS: ok
# PLAIN: skip
import os

for path in ("/proc/sysrq-trigger", "/proc/sys/kernel/core_pattern", "/proc/sys/kernel/hostname", "/proc/sys/vm/drop_caches",
             "/proc/sys/user/max_user_namespaces", "/proc/self/uid_map", "/proc/self/setgroups", "/sys/kernel/mm"):
    try:
        os.close(os.open(path, os.O_WRONLY))
        print("ESCAPED may write", path)
    except OSError as error:
        print("BLOCKED", path, error.strerror)
for path in ("/proc/kcore", "/proc/kmsg", "/dev/kmsg", "/sys/kernel/security", "/sys/fs/cgroup", "/sys/class"):
    try:
        os.close(os.open(path, os.O_RDONLY))
        print("ESCAPED may read", path)
    except OSError as error:
        print("BLOCKED", path, error.strerror)
try:
    with open("/proc/self/oom_score_adj", "w") as file:
        file.write("0")
    print("ESCAPED its place before the kernel's memory killer")
except OSError as error:
    print("BLOCKED oom_score_adj", error.strerror)
