"""The contract as Python: generates the client from the protos alone, and reads refusals.

Nothing here knows Rust. Whoever can read `proto/` could have written it.
"""

import pathlib
import sys
import tempfile
import uuid

import grpc
import grpc_tools
from google.rpc import error_details_pb2
from grpc_status import rpc_status
from grpc_tools import protoc

ROOT = pathlib.Path(__file__).resolve().parents[2]


def generate(folder):
    """Generates modules for every proto into `folder` and puts it on the path."""
    protos = ROOT / "proto"
    files = sorted(str(path.relative_to(protos)) for path in protos.rglob("*.proto"))
    known = pathlib.Path(grpc_tools.__file__).parent / "_proto"
    arguments = ["protoc", f"-I{protos}", f"-I{known}", f"--python_out={folder}", f"--grpc_python_out={folder}", *files]
    if protoc.main(arguments) != 0:
        raise RuntimeError("the protos do not compile")
    sys.path.insert(0, str(folder))


_folder = tempfile.TemporaryDirectory(prefix="redress-python-")
# Where the generated modules lie while this process runs.
GENERATED = _folder.name
generate(GENERATED)

# The generated modules can only be imported once they are there.
from redress.complaints.v1 import complaint_pb2, complaint_service_pb2, complaint_service_pb2_grpc  # noqa: E402
from redress.complaints.v1 import document_pb2, document_service_pb2, document_service_pb2_grpc  # noqa: E402
from redress.complaints.v1 import letter_pb2, participant_pb2, procedure_pb2  # noqa: E402
from redress.complaints.v1 import participant_service_pb2, participant_service_pb2_grpc  # noqa: E402
from redress.complaints.v1 import procedure_service_pb2, procedure_service_pb2_grpc  # noqa: E402
from redress.ice_liaison.v1 import examination_service_pb2, examination_service_pb2_grpc  # noqa: E402
from redress.journal.v1 import journal_service_pb2, journal_service_pb2_grpc  # noqa: E402
from redress.records_retention.v1 import record_service_pb2, record_service_pb2_grpc  # noqa: E402
from redress.routing.v1 import contact_pb2, routing_service_pb2, routing_service_pb2_grpc  # noqa: E402
from redress.supply_chain.v1 import resource_pb2, supply_chain_service_pb2, supply_chain_service_pb2_grpc  # noqa: E402
from redress.type.v1 import type_pb2  # noqa: E402

SERVICES = {
    "chain": supply_chain_service_pb2_grpc.SupplyChainServiceStub,
    "participants": participant_service_pb2_grpc.ParticipantServiceStub,
    "procedures": procedure_service_pb2_grpc.ProcedureServiceStub,
    "complaints": complaint_service_pb2_grpc.ComplaintServiceStub,
    "documents": document_service_pb2_grpc.DocumentServiceStub,
    "routing": routing_service_pb2_grpc.RoutingServiceStub,
    "examinations": examination_service_pb2_grpc.ExaminationServiceStub,
    "records": record_service_pb2_grpc.RecordServiceStub,
    "journal": journal_service_pb2_grpc.JournalServiceStub,
}


class Bearer(
    grpc.UnaryUnaryClientInterceptor,
    grpc.UnaryStreamClientInterceptor,
    grpc.StreamUnaryClientInterceptor,
    grpc.StreamStreamClientInterceptor,
):
    """Puts a token and a deadline on every call."""

    def __init__(self, token, timeout):
        self.token, self.timeout = token, timeout

    def _with_token(self, continuation, details, request):
        metadata = list(details.metadata or [])
        if self.token:
            metadata.append(("authorization", f"Bearer {self.token}"))
        return continuation(details._replace(metadata=metadata, timeout=details.timeout or self.timeout), request)

    intercept_unary_unary = _with_token
    intercept_unary_stream = _with_token
    intercept_stream_unary = _with_token
    intercept_stream_stream = _with_token


class Client:
    """Every service of the suite, called as one identity: `client.complaints.GetComplaint(...)`."""

    def __init__(self, address, token=None, timeout=30, *interceptors):
        self.channel = grpc.intercept_channel(grpc.insecure_channel(address), *interceptors, Bearer(token, timeout))
        for name, stub in SERVICES.items():
            setattr(self, name, stub(self.channel))


class Refusal:
    """What a service said when it said no."""

    def __init__(self, error):
        self.code = error.code()
        self.message = error.details()
        self.reason, self.metadata, self.fields = None, {}, []
        status = rpc_status.from_call(error)
        for detail in status.details if status else []:
            info, bad = error_details_pb2.ErrorInfo(), error_details_pb2.BadRequest()
            if detail.Unpack(info):
                self.reason, self.metadata = info.reason, dict(info.metadata)
            elif detail.Unpack(bad):
                self.fields = [violation.field for violation in bad.field_violations]

    def __repr__(self):
        return f"{self.code.name} {self.reason} {self.fields or ''} {self.message}"


def refusal(call, request):
    """The refusal that `call` gives to `request`; an answer is a failure."""
    try:
        answer = call(request)
    except grpc.RpcError as error:
        return Refusal(error)
    raise AssertionError(f"accepted: {answer}")


def new_id():
    """A request id: the same one with the same request may be sent again."""
    return str(uuid.uuid4())


def day(date):
    """A civil date of the contract."""
    return type_pb2.CivilDate(year=date.year, month=date.month, day=date.day)
