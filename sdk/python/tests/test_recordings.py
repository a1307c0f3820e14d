import io
import os
import tempfile
import unittest

from rapida import ConnectionFailed, NotFound, ServerError

from .scripted import Script, call, problem, says, says_bytes

WAV = bytes(range(256)) * 1000


class Recordings(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.path = os.path.join(folder.name, "call.wav")

    def test_a_recording_is_written_to_a_path(self):
        with Script(says_bytes(200, WAV)) as server:
            self.assertEqual(len(WAV), server.client().recordings.download("r1", self.path))

        with open(self.path, "rb") as file:
            self.assertEqual(WAV, file.read())
        self.assertEqual(["call.wav"], os.listdir(self.folder))

    def test_a_recording_is_written_to_an_open_file(self):
        file = io.BytesIO()
        with Script(says_bytes(200, WAV)) as server:
            server.client().recordings.download("r1", file)

        self.assertEqual(WAV, file.getvalue())

    def test_a_download_whose_connection_is_lost_goes_on_where_it_was(self):
        file = io.BytesIO()
        with Script(
            says_bytes(200, WAV[:100_000], announced=len(WAV)),
            problem(503, "unavailable"),
            says_bytes(206, WAV[100_000:150_000], announced=len(WAV) - 100_000),
            says_bytes(206, WAV[150_000:]),
        ) as server:
            server.client().recordings.download("r1", file)

        self.assertEqual(WAV, file.getvalue())
        self.assertEqual([None, "bytes=100000-", "bytes=100000-", "bytes=150000-"], [request.headers["range"] for request in server.requests])

    def test_a_server_that_does_not_send_the_rest_alone_does_not_spoil_the_file(self):
        with Script(says_bytes(200, WAV[:100], announced=len(WAV)), says_bytes(200, WAV)) as server, self.assertRaises(ServerError):
            server.client().recordings.download("r1", self.path)

        self.assertEqual([], os.listdir(self.folder))

    def test_half_a_recording_leaves_no_file(self):
        with Script(says_bytes(200, WAV[:100], announced=len(WAV))) as server, self.assertRaises(ConnectionFailed):
            server.client(retries=0).recordings.download("r1", self.path)

        self.assertEqual([], os.listdir(self.folder))

    def test_a_recording_that_is_not_there_leaves_no_file(self):
        with Script(problem(404, "recording_not_found")) as server, self.assertRaises(NotFound):
            server.client().recordings.download("r1", self.path)

        self.assertEqual([], os.listdir(self.folder))

    def test_a_disk_that_is_full_is_not_taken_for_a_lost_connection(self):
        class Full(io.BytesIO):
            def write(self, data):
                raise OSError(28, "No space left on device")

        with Script(says_bytes(200, WAV)) as server, self.assertRaisesRegex(OSError, "No space left"):
            server.client().recordings.download("r1", Full())

        self.assertEqual(1, len(server.requests))

    def test_who_stops_in_the_middle_can_ask_for_something_else(self):
        with Script(says_bytes(200, WAV), says(200, call())) as server:
            client = server.client()
            pieces = client.recordings.audio("r1")
            next(pieces)
            pieces.close()

            self.assertEqual("queued", client.calls.get("e1").status)
