"""A supervisor on a kernel whose Landlock is older: `python -m tests.sandbox.old_landlock`."""

import os

from tutor_app.sandbox import kernel, supervisor

ABI_VARIABLE = "LANG"  # one of the few variables that a supervisor is given

if __name__ == "__main__":
    abi = int(os.environ[ABI_VARIABLE])
    kernel.landlock_abi = lambda: abi
    supervisor.main()
