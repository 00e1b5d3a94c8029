# EXPECT: no disk, memory, input, sound, graphics or virtual machine device, and none can be made
# STATUS: ok
# PLAIN: harmless
import os
import stat

for name in ("vda", "sda", "nvme0n1", "mem", "kmem", "kmsg", "kvm", "fuse", "uinput", "vsock", "vhost-vsock",
             "net/tun", "loop-control", "loop0", "console", "tty0", "input/event0", "dri/card0", "snd/timer",
             "video0", "hpet", "rtc0", "userfaultfd"):
    try:
        os.close(os.open("/dev/" + name, os.O_RDONLY | os.O_NONBLOCK))
        print("ESCAPED opened", name)
    except OSError as error:
        print("BLOCKED", name, error.strerror)
for kind, number in ((stat.S_IFBLK, os.makedev(254, 0)), (stat.S_IFCHR, os.makedev(1, 1))):
    try:
        os.mknod("device", 0o666 | kind, number)
        os.close(os.open("device", os.O_RDONLY))
        print("ESCAPED made a device")
    except OSError as error:
        print("BLOCKED mknod", error.strerror)
