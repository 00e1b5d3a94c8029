# EXPECT: no signal leaves the sandbox
# STATUS: ok exit signal killed
# STDIN: canary
# PLAIN: escapes-outside
import json
import os
import signal
import sys

canary = json.load(sys.stdin)
signal.signal(signal.SIGTERM, signal.SIG_IGN)
for name, send in (("victim", lambda: os.kill(canary["victim"], signal.SIGKILL)),
                   ("stop", lambda: os.kill(canary["victim"], signal.SIGSTOP)),
                   ("group", lambda: os.killpg(canary["victim"], signal.SIGKILL)),
                   ("handle", lambda: signal.pidfd_send_signal(os.pidfd_open(canary["victim"]), signal.SIGKILL)),
                   ("parent", lambda: os.kill(os.getppid(), signal.SIGKILL) if @IS_CONFINED@ else None),
                   ("everybody", lambda: os.kill(-1, signal.SIGTERM) if @IS_CONFINED@ else None)):
    try:
        send()
        print("returned from", name, flush=True)  # the victim decides
    except OSError as error:
        print("BLOCKED", name, error.strerror, flush=True)
