"""A caller who does what the service says: one that is told to come back comes back.

An answer that says when to repeat (`grpc-retry-pushback-ms`), or that a call took longer than the service lets it, is no failure: the
machine is slow, and the same call under the same request id tells what was done. A call that got no answer at all is not repeated here.
"""

import time

import grpc

PUSHBACK = "grpc-retry-pushback-ms"


class Patient(grpc.UnaryUnaryClientInterceptor, grpc.StreamUnaryClientInterceptor, grpc.UnaryStreamClientInterceptor):
    """Repeats a call for as long as the service asks for that, and until its own time is over."""

    def __init__(self, patience):
        self.patience = patience

    def intercept_unary_unary(self, continuation, details, request):
        return self.answer(lambda: continuation(details, request))

    def intercept_stream_unary(self, continuation, details, requests):
        parts = list(requests)
        return self.answer(lambda: continuation(details, iter(parts)))

    def intercept_unary_stream(self, continuation, details, request):
        return self.parts(lambda: continuation(details, request))

    def answer(self, ask):
        end = time.monotonic() + self.patience
        while True:
            answer = ask()
            pause = pushback(answer)
            if pause is None or time.monotonic() + pause >= end:
                return answer
            time.sleep(pause)

    def parts(self, ask):
        """The parts of a stream. One of which nothing has come yet is begun anew where the service asks for that."""
        end, begun = time.monotonic() + self.patience, False
        while True:
            try:
                for part in ask():
                    begun = True
                    yield part
                return
            except grpc.RpcError as error:
                pause = None if begun else pushback(error)
                if pause is None or time.monotonic() + pause >= end:
                    raise
                time.sleep(pause)


def pushback(answer):
    """For how many seconds the service asks to wait; nothing where there is an answer, or nobody who asks."""
    if answer.code() == grpc.StatusCode.OK:
        return None
    # The caller's own deadline is far away, so that it is the service's that passed.
    if answer.code() == grpc.StatusCode.DEADLINE_EXCEEDED:
        return 1
    said = dict(answer.trailing_metadata() or ()).get(PUSHBACK)
    return int(said) / 1000 if said else None
