"""A caller who does what the service says: one that is told to come back comes back.

An answer that says when to repeat (`grpc-retry-pushback-ms`), or that a call took longer than the service lets it, is no failure: the
machine is slow, and the same call under the same request id tells what was done. A call that got no answer at all is not repeated here.
"""

import time

import grpc

PUSHBACK = "grpc-retry-pushback-ms"


class Patient(grpc.UnaryUnaryClientInterceptor):
    """Repeats a call for as long as the service asks for that, and until its own time is over."""

    def __init__(self, patience):
        self.patience = patience

    def intercept_unary_unary(self, continuation, details, request):
        end = time.monotonic() + self.patience
        while True:
            answer = continuation(details, request)
            pause = pushback(answer)
            if pause is None or time.monotonic() + pause >= end:
                return answer
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
