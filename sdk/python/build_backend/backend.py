"""
Builds the wheel and the sdist with the standard library alone, so that installing needs nothing that is not here.
What is called is said in PEP 517 and, for ``pip install -e``, in PEP 660; what is built in
https://packaging.python.org/en/latest/specifications/binary-distribution-format/.
"""

import base64
import gzip
import hashlib
import io
import os
import re
import tarfile
import zipfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
TAG = "py3-none-any"
# The same sources give the same file. Zip knows no time before this one.
TIME = (1980, 1, 1, 0, 0, 0)
IN_SDIST = ("pyproject.toml", "README.md", "rapida", "build_backend", "examples", "tests")


def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    return _write_wheel(wheel_directory, {name: _read(name) for name in _files("rapida")})


def build_editable(wheel_directory, config_settings=None, metadata_directory=None):
    return _write_wheel(wheel_directory, {"rapida.pth": (ROOT + "\n").encode()})


def build_sdist(sdist_directory, config_settings=None):
    folder = f"{_project()['name']}-{_version()}"
    contents = {name: _read(name) for part in IN_SDIST for name in _files(part)}
    contents["PKG-INFO"] = _metadata()
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for name, content in sorted(contents.items()):
            entry = tarfile.TarInfo(f"{folder}/{name}")
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    name = f"{folder}.tar.gz"
    with open(os.path.join(sdist_directory, name), "wb") as file:
        file.write(gzip.compress(packed.getvalue(), mtime=0))
    return name


def _write_wheel(directory, contents):
    project, version = _project()["name"], _version()
    info = f"{project}-{version}.dist-info"
    contents[f"{info}/METADATA"] = _metadata()
    contents[f"{info}/WHEEL"] = f"Wheel-Version: 1.0\nGenerator: rapida {version}\nRoot-Is-Purelib: true\nTag: {TAG}\n".encode()
    record = "".join(f"{name},sha256={_sum(content)},{len(content)}\n" for name, content in contents.items())
    contents[f"{info}/RECORD"] = f"{record}{info}/RECORD,,\n".encode()
    name = f"{project}-{version}-{TAG}.whl"
    with zipfile.ZipFile(os.path.join(directory, name), "w", zipfile.ZIP_DEFLATED) as wheel:
        for path, content in contents.items():
            entry = zipfile.ZipInfo(path, TIME)
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            wheel.writestr(entry, content)
    return name


def _metadata():
    project = _project()
    head = (
        "Metadata-Version: 2.1\n"
        f"Name: {project['name']}\n"
        f"Version: {_version()}\n"
        f"Summary: {project['description']}\n"
        f"Requires-Python: {project['requires-python']}\n"
        "Description-Content-Type: text/markdown; charset=UTF-8\n\n"
    )
    return head.encode() + _read(project["readme"])


def _project():
    table = _read("pyproject.toml").decode().split("[project]\n")[1]
    return dict(re.findall(r'^([a-z-]+) = "(.*)"$', table, re.MULTILINE))


def _version():
    return re.search(r'"(.+)"', _read("rapida/_version.py").decode()).group(1)


def _sum(content):
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()


def _files(name):
    """Paths from the root, with slashes, of a file or of all files of a folder."""
    path = os.path.join(ROOT, name)
    if os.path.isfile(path):
        return [name]
    return [
        found
        for entry in sorted(os.listdir(path))
        if entry != "__pycache__"
        for found in _files(f"{name}/{entry}")
    ]


def _read(name):
    with open(os.path.join(ROOT, name), "rb") as file:
        return file.read()
