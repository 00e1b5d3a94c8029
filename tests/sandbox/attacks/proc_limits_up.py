# EXPECT: no limit can be raised again
# STATUS: ok
# PLAIN: harmless
import resource

for name in ("NPROC", "AS", "CPU", "FSIZE", "NOFILE", "CORE", "MEMLOCK", "MSGQUEUE"):
    which = getattr(resource, "RLIMIT_" + name)
    soft, hard = resource.getrlimit(which)
    if hard == resource.RLIM_INFINITY:
        print("ESCAPED no limit on" if @IS_CONFINED@ else "no limit on", name)
        continue
    try:
        resource.setrlimit(which, (hard + 1, hard + 1))
        print("ESCAPED raised", name)
    except (ValueError, OSError) as error:
        print("BLOCKED", name, error)
