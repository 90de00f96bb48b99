"""Registers a complaint and prints what falls due, and why. Needs: pip install grpcio-tools, and a suite that runs.

    python -m grpc_tools.protoc -I proto --python_out=. --grpc_python_out=. $(cd proto && find . -name '*.proto')
    REDRESS_TOKEN=$(cat data/token) python complaint.py contracts/… participants/… organisations/…
"""
import datetime, os, sys, uuid
import grpc
from redress.complaints.v1 import complaint_pb2 as c, complaint_service_pb2 as s, complaint_service_pb2_grpc as rpc
from redress.type.v1.type_pb2 import CivilDate

contract, participant, respondent = sys.argv[1:4]
today = datetime.date.today()
complaint = c.Complaint(
    contract=contract, participant=participant, respondents=[respondent], channel="CHANNEL_TELEPHONE", subject="SUBJECT_SERVICE",
    received_on=CivilDate(year=today.year, month=today.month, day=today.day),
    statement=c.Statement(narrative="Two appointments were cancelled without notice."),
)
stub = rpc.ComplaintServiceStub(grpc.insecure_channel(os.environ.get("REDRESS_ADDRESS", "http://127.0.0.1:7400").removeprefix("http://")))
request = s.RegisterComplaintRequest(request_id=str(uuid.uuid4()), complaint=complaint)  # safe to send again
registered = stub.RegisterComplaint(request, metadata=[("authorization", f"Bearer {os.environ['REDRESS_TOKEN']}")], timeout=10)
print(registered.case_reference, registered.name)
for clock in registered.clocks:
    due, why = clock.deadline.due_on, ", ".join(f"{one.rule} ({one.document} {one.paragraph})" for one in clock.deadline.citations)
    print(f"{clock.deadline.kind}: {due.year}-{due.month:02}-{due.day:02} because of {why}")
