"""Files that another file, a link or a folder names, and files of every other kind: nothing of them is shown."""

import json
import os
import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

from hostile.case import GOOD, ROOT, Case

TALLY = "platform.website.inspection: 4\nplatform.service.assessed: 3\nunit: d01\n"
SECRETS = {
    "the environment of the process": None,
    "users": "root:x:0:0:hunter2:/root:/bin/bash\nmail:x:8:8:mail:/var/mail:/usr/sbin/nologin\n",
    "settings of a shell": "API_KEY=hunter2\nDATABASE_URL=postgres://user:hunter2@host/db\n",
    "a private key": "-----BEGIN OPENSSH PRIVATE KEY-----\nhunter2\n-----END OPENSSH PRIVATE KEY-----\n",
    "a secret of a cluster": "apiVersion: v1\nkind: Secret\ndata:\n  password:hunter2\n  'hunter2': yes\n  hunter2: 1\n",
    "a key of a service": '{"type": "service_account", "private_key": "hunter2", "hunter2": 1, "hunter2": 2}\n',
    "passwords in a table": "host,account,password\ndb,root,hunter2\nhunter2,a\n",
    "passwords after semicolons": "hunter2;account;password\ndb;root;hunter2\n",
}
COMMANDS = {
    "check": ("check", "{}"),
    "check as json": ("check", "--format", "json", "{}"),
    "check as sarif": ("check", "--format", "sarif", "{}"),
    "check for GitHub": ("check", "--format", "github", "{}"),
    "test": ("test", "{}"),
    "fmt": ("fmt", "--check", "{}"),
    "prove": ("prove", "{}"),
    "show": ("show", "{}"),
    "score": ("score", "{}", "tally.yaml"),
    "diff": ("diff", "{}", str(GOOD)),
    "new": ("new", "--from", "{}", "--id", "x-2025", "--year", "2025"),
}
TALLY_COMMANDS = {
    "score": ("score", str(GOOD), "{}"),
    "explain": ("explain", str(GOOD), "{}"),
    "whatif": ("whatif", str(GOOD), "{}"),
    "diff": ("diff", str(GOOD), str(GOOD), "--tally", "{}"),
}


def secret(name: str, file: str) -> Callable[[Path], None]:
    """A link of this name to a file of secrets."""

    def build(folder: Path) -> None:
        (folder / "tally.yaml").write_text(TALLY)
        text = SECRETS[name]
        if text is None:
            (folder / file).symlink_to("/proc/self/environ")
        else:
            (folder / "secret").write_text(text)
            (folder / file).symlink_to("secret")

    return build


def filled(command: tuple[str, ...], file: str) -> tuple[str, ...]:
    return tuple(word.format(file) for word in command)


def secrets() -> Iterator[Case]:
    """Every secret as a rubric and as a tally, and some as a card and as a table; the commands take turns."""
    others = [name for name in COMMANDS if name != "check"]
    for number, name in enumerate(SECRETS):
        for command in ("check", others[number]):
            yield Case(
                f"{command}: {name}, given as a rubric",
                filled(COMMANDS[command], "x.yaml"),
                secret(name, "x.yaml"),
                exit=2 if command == "diff" else 1,
                fast=command == "check" and number in (0, 1, 4),
            )
        suffix = (".yaml", ".json", ".csv")[number % 3]
        command = tuple(TALLY_COMMANDS)[number % len(TALLY_COMMANDS)]
        yield Case(
            f"{command}: {name}, given as a tally in {suffix[1:].upper()}",
            filled(TALLY_COMMANDS[command], f"x{suffix}"),
            secret(name, f"x{suffix}"),
            exit=2 if command == "diff" else 1,
            fast=command == "score",
        )
        if number in (0, 5):
            yield Case(
                f"verify: {name}, given as a card",
                ("verify", "x.json"),
                secret(name, "x.json"),
                fast=number == 5,
            )
        if number in (0, 6):
            yield Case(
                f"batch: {name}, given as a table",
                ("batch", str(GOOD), "x.csv", "out.csv"),
                secret(name, "x.csv"),
                honest="batch",
            )


def named(rubric: str, build: Callable[[Path], object] = lambda _: None) -> Callable[[Path], None]:
    """A file of cases in a folder of its own, which names a rubric."""

    def written(folder: Path) -> None:
        (folder / "forms").mkdir()
        (folder / "forms" / "x.cases.yaml").write_text(
            f"rubric: {json.dumps(rubric)}\ncases:\n  - {{name: a, tally: {{}}, expect: {{total: 1}}}}\n"
        )
        (folder / "secret.yaml").write_text("password: hunter2\nindicators: hunter2\n")
        build(folder)

    return written


def _link_to_a_file(folder: Path) -> None:
    (folder / "forms" / "inside.yaml").symlink_to("../secret.yaml")


def _link_to_a_folder(folder: Path) -> None:
    (folder / "forms" / "inside").symlink_to("..")


def _a_pipe(folder: Path) -> None:
    os.mkfifo(folder / "forms" / "r.yaml")


FORBIDDEN = {
    "/proc/self/environ": "GR343",
    "/etc/no such file": "GR343",
    "../secret.yaml": "GR343",
    "inside.yaml": "GR343",
    "inside/secret.yaml": "GR343",
    "https://example.org/x.yaml": "GR341",
    "a" * 300: "GR341",
    "r.yaml": "GR342",
    "a\nb": "GR341",
    "\0": "GR105",
}
BUILDS: dict[str, Callable[[Path], None]] = {
    "inside.yaml": _link_to_a_file,
    "inside/secret.yaml": _link_to_a_folder,
    "r.yaml": _a_pipe,
}


def rubrics_of_cases() -> Iterator[Case]:
    """Every name that a file of cases may give, and what is said of it."""
    for number, (name, code) in enumerate(FORBIDDEN.items()):
        command = ("check", "test", "prove")[number % 3]
        shown = name[:40].replace("\n", "⏎").encode("unicode_escape").decode()
        yield Case(
            f"{command}: cases for the rubric {shown}",
            (command, "forms/x.cases.yaml"),
            named(name, BUILDS.get(name, lambda _: None)),
            says=(code,),
            never=("No such file",) if code == "GR343" else (),
            fast=name in ("../secret.yaml", "inside.yaml"),
        )
    yield Case(
        "pytest: cases for a rubric elsewhere",
        ("python", "-m", "pytest", "-p", "no:cacheprovider", "-q", "forms/x.cases.yaml"),
        named("../secret.yaml"),
        says=("GR343", "1 failed"),
        honest="python",
        cpu=4,
    )
    yield Case(
        "pytest: a file of secrets that the configuration lists",
        ("python", "-m", "pytest", "-p", "no:cacheprovider", "-q"),
        _listed("/proc/self/environ"),
        says=("1 failed",),
        honest="python",
        cpu=4,
    )
    yield Case(
        "pytest: a pattern in a circle of links",
        ("python", "-m", "pytest", "-p", "no:cacheprovider", "-q"),
        _listed("**/*.yaml", _circle),
        exit=4,
        says=("is not there",),
        honest="python",
        cpu=4,
    )


def _listed(line: str, build: Callable[[Path], object] = lambda _: None) -> Callable[[Path], None]:
    def written(folder: Path) -> None:
        (folder / "pytest.ini").write_text(f"[pytest]\ngovrubric_paths = {line}\n")
        build(folder)

    return written


def _circle(folder: Path) -> None:
    (folder / "forms").mkdir(exist_ok=True)
    for name in ("a", "b", "c"):
        (folder / "forms" / name).symlink_to(".")


def _links_out(folder: Path) -> None:
    shutil.copy(GOOD, folder / "outside.yaml")
    (folder / "secret").write_text("rubric: hunter2\ncases: hunter2\ntally: hunter2\n")
    (folder / "forms").mkdir()
    (folder / "forms" / "a.yaml").symlink_to("../outside.yaml")
    (folder / "forms" / "b.cases.yaml").symlink_to("/proc/self/environ")
    (folder / "forms" / "c.cases.yaml").symlink_to("../secret")
    (folder / "forms" / "d").symlink_to("..")
    (folder / "forms" / "other.yaml").symlink_to("/etc/passwd")
    _circle(folder)


def _untouched(folder: Path) -> None:
    assert (folder / "outside.yaml").read_bytes() == GOOD.read_bytes(), "the file outside was changed"
    assert (folder / "forms" / "a.yaml").is_symlink(), "the link was replaced"


def _odd_files(folder: Path) -> None:
    (folder / "forms").mkdir()
    os.mkfifo(folder / "forms" / "a.cases.yaml")
    (folder / "forms" / "b.cases.yaml").mkdir()
    (folder / "forms" / "c.cases.yaml").symlink_to("/dev/zero")
    (folder / "forms" / "d.cases.yaml").symlink_to("d.cases.yaml")
    (folder / "forms" / "e.cases.yaml").symlink_to("nowhere")
    with socket.socket(socket.AF_UNIX) as listener:
        here = os.getcwd()
        os.chdir(folder / "forms")  # the path of a socket is short
        listener.bind("f.cases.yaml")
        os.chdir(here)
    for number in range(1500):
        (folder / "forms" / f"l{number}.cases.yaml").symlink_to(f"l{number + 1}.cases.yaml")
        if number == 50:
            break


def _deep(folder: Path) -> None:
    """Folders within folders, deeper than Python calls itself and than the system has names for."""
    here = os.getcwd()
    os.chdir(folder)
    for _ in range(2500):
        os.mkdir("d")
        os.chdir("d")
    Path("x.cases.yaml").write_text("hunter2")
    os.chdir(here)


def _shallow(folder: Path) -> None:
    subprocess.run(
        ["rm", "-rf", folder / "d"], check=True
    )  # Python's own removal calls itself for each level


def _a_thousand_links(folder: Path) -> None:
    for number in range(1500):
        (folder / f"l{number}.yaml").symlink_to(f"l{number + 1}.yaml")


def _odd_names(folder: Path) -> None:
    text = GOOD.read_bytes()
    forms = os.fsencode(folder / "forms")
    os.mkdir(forms)
    for name in (
        b"\xff\xfe.yaml",
        b"a\nb.yaml",
        "\u202e\u200b.yaml".encode(),
        b"\x1b[2J.yaml",
        b"*?[a].yaml",
        b"-h.yaml",
    ):
        with open(os.path.join(forms, name), "wb") as file:
            file.write(text.replace(b"weight: 10", b"weight: 11"))


def folders() -> Iterator[Case]:
    """Folders with all that may be in them."""
    for command in ("check", "test", "fmt"):
        yield Case(
            f"{command}: a folder with links out of it",
            (command, "forms"),
            _links_out,
            says=("a.yaml:1:1", "b.cases.yaml:1:1", "c.cases.yaml:1:1", "GR138"),
            never=("other.yaml",),
            after=_untouched,
            fast=command != "test",
        )
    for command in ("check", "prove"):
        yield Case(
            f"{command}: a folder with a pipe, a device, a socket and links without end",
            (command, "forms"),
            _odd_files,
            says=tuple(f"{letter}.cases.yaml:1:1" for letter in "acdef"),
            fast=command == "check",
        )
        yield Case(
            f"{command}: a folder 2 500 deep", (command, "."), _deep, says=("GR101",), after=_shallow
        )  # fmt: skip
    for command in ("show", "fmt"):
        yield Case(
            f"{command}: 1 500 links in a row", (command, "l0.yaml"), _a_thousand_links, says=("GR101",)
        )
    yield Case("check: names that no screen should show", ("check", "forms"), _odd_names)
    for command in ("check", "show", "diff", "new"):
        yield Case(
            f"{command}: a name of 300 characters",
            filled(COMMANDS[command], "a" * 300 + ".yaml"),
            exit=2 if command == "diff" else 1,
            says=("GR101",),
            fast=command == "show",
        )
    for command in ("score", "whatif"):
        yield Case(
            f"{command}: a tally in a pipe",
            filled(TALLY_COMMANDS[command], "t.csv"),
            lambda folder: os.mkfifo(folder / "t.csv"),
            says=("GR102",),
        )
    yield Case(
        "batch: a name that is not UTF-8",
        ("batch", "2023-district", "\udcff.csv", "out.csv"),
        lambda folder: shutil.copy(ROOT / "examples" / "2023-districts.csv", folder / "\udcff.csv"),
        says=("GR101",),
        honest="batch",
    )
    for name in ("/proc/self/mem", "/proc/kmsg", "/dev/zero"):
        yield Case(f"verify: {name} as a card", ("verify", name))


CASES: list[Case] = [*secrets(), *rubrics_of_cases(), *folders()]
