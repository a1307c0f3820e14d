import unittest

from rapida import ServerError

from .scripted import Script, call, says


def page(*ids, following=None):
    return says(200, {"calls": [call(id=id) for id in ids], "next_page_token": following})


class Paging(unittest.TestCase):
    def test_a_page_is_asked_for_when_the_one_before_is_used_up(self):
        with Script(page("1", "2", following="a+b"), page("3", following="c"), page()) as server:
            calls = server.client().calls.list(status="failed", page_size=2)
            self.assertEqual(0, len(server.requests))

            each = iter(calls)
            self.assertEqual(["1", "2"], [next(each).id, next(each).id])
            self.assertEqual(1, len(server.requests))
            self.assertEqual(["3"], [found.id for found in each])

        self.assertEqual(
            ["/v1/calls?status=failed&page_size=2", "/v1/calls?status=failed&page_size=2&page_token=a%2Bb", "/v1/calls?status=failed&page_size=2&page_token=c"],
            [request.path for request in server.requests],
        )

    def test_each_loop_begins_anew(self):
        with Script(page("1"), page("1")) as server:
            calls = server.client().calls.list()

            self.assertEqual(["1", "1"], [found.id for _ in range(2) for found in calls])

    def test_pages_can_be_shown_as_such_and_gone_on_with(self):
        with Script(page("1", following="b"), page("2")) as server:
            client = server.client()
            first = next(client.calls.list().pages())
            rest = list(client.calls.list(page_token=first.next_page_token))

        self.assertEqual((["1"], ["2"]), ([found.id for found in first.items], [found.id for found in rest]))

    def test_a_list_that_goes_in_circles_ends_in_an_error(self):
        with Script(page("1", following="b"), page("2", following="b")) as server, self.assertRaises(ServerError):
            list(server.client().calls.list())

    def test_calls_of_a_list_can_be_refreshed(self):
        with Script(page("1"), says(200, call(id="1", status="ringing"))) as server:
            (found,) = server.client().calls.list()
            self.assertEqual("ringing", found.refresh().status)
            self.assertEqual("ringing", found.status)

    def test_a_list_that_is_none_says_so(self):
        for answer, why in (({"calls": None}, "calls is not a list"), ({"calls": [{}]}, r"calls\[0\]\.id is missing"), ([], "the answer is not an object")):
            with self.subTest(why), Script(says(200, answer)) as server, self.assertRaisesRegex(ServerError, why):
                list(server.client().calls.list())
