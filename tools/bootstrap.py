"""Make the virtual environment that `make` works in: `python3 tools/bootstrap.py [run|dev]`.

Standard library only, and in syntax that Python 3.6 reads, so that an old Python gets a sentence and not a
syntax error. What is installed is exactly what the lock names, every file checked by its hash. A stamp in the
environment remembers what it was made from, so that the next start costs nothing.
"""

import hashlib
import os
import shutil
import stat
import subprocess
import sys
import time

OLDEST = (3, 11)
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
STAMP = os.path.join(VENV, "shouwen-stamp")
LOCKS = {"run": "requirements.txt", "dev": "requirements-dev.txt"}
INSTALLER_PLACE = os.path.join(VENV, "installer")
INSTALLER = os.path.join("tools", "requirements-uv.txt")


def say(sentence):
    print("  " + sentence, flush=True)


def stop(sentence):
    sys.stdout.flush()
    sys.stderr.write("\n" + sentence + "\n")
    sys.exit(1)


def main():
    mode = sys.argv[1] if len(sys.argv) > 1 else "run"
    if mode not in LOCKS:
        stop("Say `run` or `dev`, not %r." % mode)
    if sys.version_info < OLDEST:
        go_on_with_a_newer_python()
    with OnlyOne():
        mode = at_least_what_is_there(mode)
        if not stamped(mode):
            began = time.monotonic()
            make_environment()
            install_the_installer()
            install_packages(mode)
            install_ourselves()
            stamp(mode)
            say("Ready after %d seconds." % (time.monotonic() - began))
        compile_translations()


def go_on_with_a_newer_python():
    for minor in range(15, OLDEST[1] - 1, -1):
        newer = shutil.which("python3.%d" % minor)
        if newer:
            os.execv(newer, [newer, os.path.abspath(__file__)] + sys.argv[1:])
    stop(
        "Shouwen needs Python %d.%d or newer; this is Python %d.%d (%s). Install a newer one, or name it: "
        "make run PYTHON=/path/to/python3" % (OLDEST + sys.version_info[:2] + (sys.executable,))
    )


class OnlyOne:
    """Two starts at once: the second waits until the first has made the environment."""

    def __enter__(self):
        self.file = None
        try:
            import fcntl
        except ImportError:  # Not a Unix: nothing to wait with.
            return
        self.file = open(os.path.abspath(__file__))
        fcntl.flock(self.file, fcntl.LOCK_EX)

    def __exit__(self, *_problem):
        if self.file:
            self.file.close()


# -- the stamp ----------------------------------------------------------------------------------


def wanted(mode):
    """What an up-to-date stamp says: the mode, and one hash over everything the environment was made from."""
    seal = hashlib.sha256()
    for name in [os.path.join("tools", "bootstrap.py"), INSTALLER] + sorted(LOCKS.values()):
        with open(os.path.join(ROOT, name), "rb") as lock:
            seal.update(lock.read())
    # The environment holds absolute paths: a moved folder needs a new one.
    seal.update(ROOT.encode())
    return "%s %s" % (mode, seal.hexdigest())


def stamp_there():
    try:
        with open(STAMP) as file:
            return file.read().strip()
    except OSError:
        return ""


def at_least_what_is_there(mode):
    """`dev` holds everything of `run`; a developer's environment is not taken apart by `make run`."""
    return "dev" if stamp_there().startswith("dev ") else mode


def stamped(mode):
    return stamp_there() == wanted(mode) and os.path.exists(python_inside())


def stamp(mode):
    with open(STAMP, "w") as file:
        file.write(wanted(mode) + "\n")


# -- the steps ----------------------------------------------------------------------------------


def inside(name):
    return (
        os.path.join(VENV, "Scripts", name + ".exe") if os.name == "nt" else os.path.join(VENV, "bin", name)
    )


def python_inside():
    return inside("python")


def make_environment():
    if environment_works():
        return
    say("Making the virtual environment .venv with Python %d.%d …" % sys.version_info[:2])
    if not can_make_environments():
        install_debians_venv()
    made = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", VENV], stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    if made.returncode:
        stop("Python could not make the virtual environment:\n" + made.stdout.decode("utf-8", "replace"))


def environment_works():
    """An environment whose Python still starts, is new enough and lives at this path."""
    question = "import sys; print(sys.version_info >= %r and sys.prefix == %r)" % (OLDEST, VENV)
    try:
        answer = subprocess.run(
            [python_inside(), "-c", question], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
    except OSError:
        return False
    return answer.stdout.strip() == b"True"


def can_make_environments():
    try:
        import ensurepip
        import venv
    except ImportError:
        return False
    return bool(ensurepip and venv)


def install_debians_venv():
    package = "python%d.%d-venv" % sys.version_info[:2]
    as_root = privilege()
    if shutil.which("apt-get") is None or as_root is None:
        stop(
            "This Python lacks the modules venv and ensurepip. On Debian and Ubuntu they come with the "
            "package %s: as root, run `apt-get install %s`, then try again." % (package, package)
        )
    say("Installing the Debian package %s …" % package)
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.run(as_root + ["apt-get", "update"], **quiet)
    if subprocess.run(
        as_root + ["apt-get", "install", "-y", "--no-install-recommends", package], **quiet
    ).returncode:
        stop("The Debian package %s could not be installed; install it by hand and try again." % package)


def privilege():
    """What to put before a command that needs root: nothing, sudo, or None when neither is possible."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], stderr=subprocess.DEVNULL).returncode == 0:
        return [sudo, "-n"]
    return None


def install_the_installer():
    """uv by pip: it installs the rest ten times as fast. Its own file is locked by hash as well."""
    if subprocess.run(
        [python_inside(), "-m", "pip", "--version"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ).returncode:
        subprocess.run(
            [python_inside(), "-m", "ensurepip"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
    say("Fetching the installer (uv) from the package index …")
    # In a folder of its own: syncing the environment to the lock would take uv away from under itself.
    command = [python_inside(), "-m", "pip", "install", "--disable-pip-version-check", "--upgrade"]
    fetch(command + ["--target", INSTALLER_PLACE, "--require-hashes", "-r", os.path.join(ROOT, INSTALLER)])


def install_packages(mode):
    lock = LOCKS[mode]
    with open(os.path.join(ROOT, lock)) as file:
        count = sum(1 for line in file if line[:1].isalnum())
    say("Installing up to %d packages of %s, each checked by its hash …" % (count, lock))
    fetch(
        [
            os.path.join(INSTALLER_PLACE, "bin", "uv"),
            "pip",
            "sync",
            "--quiet",
            "--require-hashes",
            "--python",
            python_inside(),
            os.path.join(ROOT, lock),
        ]
    )


def fetch(command):
    """Run a command that needs the package index; when it fails, say whether the index was the reason."""
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode == 0:
        return
    said = done.stdout.decode("utf-8", "replace").strip()
    signs = (
        "from versions: none",
        "connect",
        "resolve host",
        "name resolution",
        "dns error",
        "timed out",
        "unreachable",
        "proxy",
        "certificate",
    )
    if any(sign in said.lower() for sign in signs):
        stop(
            "The Python package index could not be reached. Check the network; if you use a mirror or a "
            "proxy, set PIP_INDEX_URL and UV_INDEX_URL, or HTTPS_PROXY. The installer said:\n"
            + last_lines(said)
        )
    stop("Installing the packages failed. The installer said:\n" + last_lines(said))


def last_lines(text):
    return "\n".join("    " + line for line in text.splitlines()[-8:])


def install_ourselves():
    """The source folder on the path and the command `shouwen`: no build, so nothing more to fetch."""
    asked = [python_inside(), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    place = subprocess.run(asked, stdout=subprocess.PIPE).stdout.decode().strip()
    with open(os.path.join(place, "shouwen-source.pth"), "w") as path_file:
        path_file.write(os.path.join(ROOT, "src") + "\n")
    command = os.path.join(VENV, "bin", "shouwen")
    with open(command, "w") as script:
        script.write(
            "#!%s\nimport sys\n\nfrom shouwen.config.command import main\n\nsys.exit(main())\n"
            % python_inside()
        )
    os.chmod(command, os.stat(command).st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)


def compile_translations():
    """Only when a catalogue is newer than what was compiled from it."""
    for folder, _folders, files in os.walk(os.path.join(ROOT, "src")):
        if "django.po" in files and stale(
            os.path.join(folder, "django.po"), os.path.join(folder, "django.mo")
        ):
            break
    else:
        return
    done = subprocess.run([python_inside(), os.path.join(ROOT, "tools", "translations.py")])
    if done.returncode:
        stop("The translations could not be compiled.")


def stale(source, made):
    return not os.path.exists(made) or os.path.getmtime(made) < os.path.getmtime(source)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        stop("Stopped; run the same command again to go on.")
