import ast
import base64
import hashlib
import importlib.util
import os
import pathlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
import unittest
import zipfile

ROOT = pathlib.Path(__file__).parent.parent


class Package(unittest.TestCase):
    """From a copy, as somebody has it who was sent the folder, and without a network."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.copy = self.folder / "copy"
        shutil.copytree(ROOT, self.copy, ignore=shutil.ignore_patterns("__pycache__"))

    def build(self, call, into="built"):
        (self.folder / into).mkdir(exist_ok=True)
        program = f"import sys; sys.path.insert(0, 'build_backend'); import backend; print(backend.{call}(sys.argv[1]))"
        name = subprocess.run(
            [sys.executable, "-B", "-c", program, str(self.folder / into)], cwd=self.copy, check=True, capture_output=True, text=True
        ).stdout.strip()
        return self.folder / into / name

    def imported_from(self, path):
        program = "import sys; sys.path.insert(0, sys.argv[1]); import rapida; print(rapida.__file__, rapida.Rapida.__name__, rapida.__version__)"
        # Isolated: neither this folder nor what the environment says is looked at.
        return subprocess.run([sys.executable, "-I", "-B", "-c", program, str(path)], check=True, capture_output=True, text=True).stdout

    def test_the_wheel_holds_the_package_and_imports(self):
        wheel = self.build("build_wheel")
        with zipfile.ZipFile(wheel) as content:
            content.extractall(self.folder / "unpacked")
            names = set(content.namelist())

        self.assertEqual("rapida-1.0.0-py3-none-any.whl", wheel.name)
        self.assertTrue({"rapida/__init__.py", "rapida/py.typed", "rapida-1.0.0.dist-info/METADATA"} <= names, names)
        self.assertFalse([name for name in names if "test" in name or "pycache" in name])
        self.assertIn(str(self.folder / "unpacked" / "rapida" / "__init__.py"), self.imported_from(self.folder / "unpacked"))

    def test_the_record_tells_each_file_of_the_wheel(self):
        with zipfile.ZipFile(self.build("build_wheel")) as content:
            record = [line.split(",") for line in content.read("rapida-1.0.0.dist-info/RECORD").decode().splitlines()]
            self.assertEqual(content.namelist(), [name for name, _, _ in record])
            for name, sum, size in record[:-1]:
                digest = base64.urlsafe_b64encode(hashlib.sha256(content.read(name)).digest()).rstrip(b"=").decode()
                self.assertEqual((f"sha256={digest}", str(len(content.read(name)))), (sum, size))

    def test_the_same_sources_give_the_same_files(self):
        for call in ("build_wheel", "build_sdist"):
            first, second = self.build(call), self.build(call, "again")
            self.assertEqual(first.read_bytes(), second.read_bytes())

    def test_the_sdist_builds_the_same_wheel(self):
        with tarfile.open(self.build("build_sdist")) as archive:
            archive.extractall(self.folder / "sdist")
        wheel = self.build("build_wheel")
        self.copy = self.folder / "sdist" / "rapida-1.0.0"

        self.assertEqual(wheel.read_bytes(), self.build("build_wheel", "again").read_bytes())

    def test_pip_installs_it_without_a_network(self):
        target = self.folder / "installed"
        if importlib.util.find_spec("pip"):
            pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-cache-dir", "--disable-pip-version-check"]
            subprocess.run([*pip, "--target", str(target), str(self.copy)], check=True, capture_output=True, cwd=self.folder)
        else:
            # A bare Debian has no pip. A wheel is installed by unpacking it.
            with zipfile.ZipFile(self.build("build_wheel")) as wheel:
                wheel.extractall(target)

        self.assertIn("1.0.0", self.imported_from(target))
        self.assertTrue((target / "rapida" / "py.typed").exists())

    def test_an_editable_install_leads_to_the_sources(self):
        with zipfile.ZipFile(self.build("build_editable")) as wheel:
            self.assertEqual(os.path.realpath(self.copy), os.path.realpath(wheel.read("rapida.pth").decode().strip()))

    def test_every_line_is_one_that_python_3_9_reads(self):
        for file in (ROOT / "rapida").glob("*.py"):
            ast.parse(file.read_text("utf-8"), feature_version=(3, 9))
