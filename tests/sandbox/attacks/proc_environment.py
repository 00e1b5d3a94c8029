# EXPECT: no environment, command line or memory map shows anything of the app or of other programs
# STATUS: ok
# PLAIN: escapes
import os

secrets = ("quiet" * 2, "amber" * 2, "nickel" * 2)
try:
    numbers = [name for name in os.listdir("/proc") if name.isdigit()]
except OSError as error:
    print("BLOCKED /proc", error.strerror)
    numbers = ["1", str(os.getpid()), str(os.getppid())]
if len(numbers) > 10:
    print("ESCAPED sees", len(numbers), "processes")
for number in numbers:
    for name in ("environ", "cmdline"):
        try:
            text = open(f"/proc/{number}/{name}", errors="replace").read()
        except OSError:
            continue
        if any(secret in text for secret in secrets):
            print("ESCAPED", name, "of", number)
        if name == "environ" and number == "1" and ("HOME=" in text or "PYTHONPATH=" in text):
            print("ESCAPED environment of the supervisor")
print("ESCAPED own environment" if any(secret in str(os.environ) for secret in secrets) else "BLOCKED own environment")
