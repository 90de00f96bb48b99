"""Officers who register complaints all the time, whatever happens to the deployment."""

import concurrent.futures
import threading
import uuid

import grpc

from deployment import PATIENCE, until

CALLERS = 4


class Callers:
    """They repeat a call once that got no answer, under the same request id, and note what failed then."""

    def __init__(self, house):
        self.house, self.over = house, threading.Event()
        self.names, self.repeated, self.failed = [], [], []
        self.pool = concurrent.futures.ThreadPoolExecutor(CALLERS)
        self.work = [self.pool.submit(self.register, number) for number in range(CALLERS)]

    def register(self, number):
        client = self.house.server.client(self.house.prime, f"officer-{number}", "complaints_officer", "adviser")
        while not self.over.is_set():
            # Figures alone: a longer run of letters and figures may look like a National Insurance number, and is refused. Each
            # complaint is of somebody else: what is kept of one person is held together, and would be more with every complaint.
            reference = f"SMOKE-{uuid.uuid4().int}"
            participant = self.answer(client.participants.CreateParticipant, self.house.somebody(reference))
            if participant:
                request = self.house.registration(reference, participant.name)
                registered = self.answer(client.complaints.RegisterComplaint, request)
                if registered:
                    self.names.append(registered.name)

    def answer(self, call, request):
        """What a call answers at the first try or the second; nothing where both failed."""
        for noted in (self.repeated, self.failed):
            try:
                return call(request, timeout=PATIENCE)
            except grpc.RpcError as error:
                noted.append(f"{error.code().name}: {error.details()}")
        return None

    def until(self, what, condition):
        """Goes on until something holds that their calls bring about."""
        until(what, lambda: condition() or all(one.done() for one in self.work))

    def until_more(self, count=20):
        before = len(self.names)
        self.until(f"{count} more registrations", lambda: len(self.names) >= before + count)

    def end(self):
        self.over.set()
        for one in self.work:
            one.result(timeout=2 * PATIENCE)
        self.pool.shutdown()
