"""What the dashboards show. Each panel says what it is for; its alerts lead to their headings in the runbook.

A gauge that is read from a database is told by every replica alike, so that the greatest of them is taken. A counter is each
replica's own, so that they are added.
"""

FAULTS = 'rpc_response_status_code=~"UNKNOWN|DEADLINE_EXCEEDED|INTERNAL|UNAVAILABLE|DATA_LOSS"'
STREAMS = 'rpc_method!~".*/(Watch|Stream|Upload|Download|Server).*"'
CALLS = "rpc_server_call_duration_seconds"


def panel(kind, title, unit, description, *queries, **more):
    return {"type": kind, "title": title, "unit": unit, "description": description, "queries": list(queries), **more}


def within(share, by, where):
    labels = f"le, {by}" if by else "le"
    return f"histogram_quantile({share}, sum by ({labels}) (rate({CALLS}_bucket{{{where}, {STREAMS}}}[$__rate_interval])))"


GOOD_OR_BAD = [(None, "green"), (1, "red")]

OVERVIEW = {
    "uid": "redress-overview", "title": "Redress: suite overview", "variables": ["process"],
    "description": "Whether the suite serves, what it does, and what needs a person.",
    "rows": [
        ("What needs a person", [
            panel("stat", "Limits passed and unmet", "none", "Cases whose next clock binds the provider and has passed. Anything but 0 is somebody's morning.",
                  ("sum(max by (service, kind, tier) (redress_deadlines_overdue)) or vector(0)", "overdue"), steps=GOOD_OR_BAD, alerts=["RedressDeadlineOverdue", "RedressDeadlineBreached"], height=5),
            panel("stat", "Late before the next working day is over", "none", "Limits on the provider that end today, on the next working day or on the days without offices between them.",
                  ('sum(max by (service, kind, due) (redress_deadlines_open{whose="provider", due=~"today|next_working_day"})) or vector(0)', "urgent"), steps=[(None, "green"), (1, "orange")], alerts=["RedressDeadlineBeforeNextWorkingDay"], height=5),
            panel("stat", "Journals that have stopped", "none", "Sequencers that found another past than the one that was signed.",
                  ("count(redress_journal_sequencing == 0) or vector(0)", "stopped"), steps=GOOD_OR_BAD, alerts=["RedressJournalInconsistent"], height=5),
            panel("stat", "Documents without bytes", "none", "Evidence that is lost, as the last sweep found it.",
                  ("sum(max by (service) (redress_documents_missing)) or vector(0)", "missing"), steps=GOOD_OR_BAD, alerts=["RedressDocumentsMissing"], height=5),
        ]),
        ("Serving", [
            panel("timeseries", "Replicas that take calls", "none", "Processes that are ready, by service.",
                  ('sum by (process) (redress_ready{process=~"$process"})', "{{process}}"), alerts=["RedressDown", "RedressNotReady"]),
            panel("timeseries", "Calls", "reqps", "Calls that ended, by service.",
                  (f'sum by (process) (rate({CALLS}_count{{process=~"$process"}}[$__rate_interval]))', "{{process}}")),
            panel("timeseries", "Failed by the service", "percentunit", "Share of calls that ended by the service's own fault. The objective is at most 0.1 % over a month.",
                  ('redress:call_faults:ratio_rate5m{process=~"$process"}', "{{process}}"), alerts=["RedressErrorBudgetBurns"]),
            panel("timeseries", "99 of 100 answered within", "s", "Calls whose length is up to the service; feeds, uploads and downloads are left out. The objective is half a second.",
                  (within(0.99, "process", 'process=~"$process"'), "{{process}}"), alerts=["RedressLatencyBudgetBurns"]),
        ]),
        ("Budgets", [
            panel("timeseries", "Error budget burnt, by window", "none", "How many times as fast as the month allows. 14.4 over an hour, 6 over six and 1 over three days speak.",
                  ('max by (process) (redress:call_faults:ratio_rate1h{process=~"$process"}) / 0.001', "{{process}} 1 h"),
                  ('max by (process) (redress:call_faults:ratio_rate6h{process=~"$process"}) / 0.001', "{{process}} 6 h"), alerts=["RedressErrorBudgetBurns"]),
            panel("timeseries", "Latency budget burnt, by window", "none", "The same for calls that take longer than half a second.",
                  ('max by (process) (redress:slow_calls:ratio_rate1h{process=~"$process"}) / 0.01', "{{process}} 1 h"),
                  ('max by (process) (redress:slow_calls:ratio_rate6h{process=~"$process"}) / 0.01', "{{process}} 6 h"), alerts=["RedressLatencyBudgetBurns"]),
        ]),
    ],
}

SERVICE = {
    "uid": "redress-service", "title": "Redress: one service", "variables": ["process", "rpc"],
    "description": "Rate, errors and duration of every rpc, and what the process runs on.",
    "rows": [
        ("Calls", [
            panel("timeseries", "Calls by rpc", "reqps", "Calls that ended.",
                  (f'sum by (rpc_method) (rate({CALLS}_count{{process=~"$process", rpc_method=~"$rpc"}}[$__rate_interval]))', "{{rpc_method}}")),
            panel("timeseries", "Calls by status", "reqps", "Refusals are answers; only faults count against the objective.",
                  (f'sum by (rpc_response_status_code) (rate({CALLS}_count{{process=~"$process", rpc_method=~"$rpc"}}[$__rate_interval]))', "{{rpc_response_status_code}}"), stacked=True, fill=20, alerts=["RedressErrorBudgetBurns"]),
        ]),
        ("How long they take", [
            panel("timeseries", "Half answered within", "s", "By rpc, streams left out.",
                  (within(0.5, "rpc_method", 'process=~"$process", rpc_method=~"$rpc"'), "{{rpc_method}}")),
            panel("timeseries", "99 of 100 answered within", "s", "By rpc, streams left out.",
                  (within(0.99, "rpc_method", 'process=~"$process", rpc_method=~"$rpc"'), "{{rpc_method}}"), alerts=["RedressLatencyBudgetBurns"]),
        ]),
        ("Room", [
            panel("timeseries", "Calls that run", "none", "Calls that are being answered, by replica; long feeds among them.",
                  ('redress_calls_running{process=~"$process"}', "{{instance}}")),
            panel("timeseries", "Connections", "none", "Open connections, by replica.",
                  ('redress_connections_open{process=~"$process"}', "{{instance}}"), alerts=["RedressConnectionsRefused"]),
            panel("timeseries", "Database connections in use", "percentunit", "Share of each pool that is in use. At 100 % calls wait.",
                  ('redress_database_connections{process=~"$process", state="in_use"} / ignoring(state) redress_database_connections{process=~"$process", state="most"}', "{{instance}} {{pool}}"), alerts=["RedressDatabaseConnectionsUsedUp"]),
            panel("timeseries", "Tasks", "none", "Work that the process waits for before it ends.",
                  ('redress_tasks_running{process=~"$process"}', "{{instance}}")),
        ]),
        ("Process", [
            panel("table", "Versions", "dateTimeFromNow", "Since when each replica runs, and which version it is.",
                  ('redress_started_timestamp_seconds{process=~"$process"} * 1000', "")),
            panel("timeseries", "Age of figures that are looked up", "s", "When it grows, what is shown about cases and journals is the past.",
                  ('min by (service, about) (redress_figures_age_seconds{process=~"$process"})', "{{service}} {{about}}"), alerts=["RedressFiguresStale"]),
        ]),
    ],
}

CLOCKS = {
    "uid": "redress-clocks", "title": "Redress: case clocks", "variables": ["service"], "from": "now-7d",
    "description": "What will be late tomorrow, what is late today, and what has been.",
    "rows": [
        ("What will be late", [
            panel("bargauge", "Provider's limits, by the time that is left", "none", "Cases by the clock to look at next. A limit that ends on a weekend counts with the next working day.",
                  ('sum by (due) (max by (service, kind, due) (redress_deadlines_open{service=~"$service", whose="provider"}))', "{{due}}"), alerts=["RedressDeadlineBeforeNextWorkingDay"]),
            panel("bargauge", "By kind of clock", "none", "The same, by what must be done.",
                  ('sum by (kind) (max by (service, kind, due) (redress_deadlines_open{service=~"$service", whose="provider"}))', "{{kind}}"), alerts=["RedressDeadlineBeforeNextWorkingDay"]),
            panel("bargauge", "Jobcentre Plus and the department", "none", "Joint replies and answers to members that they owe. Where one is late, the provider has done its part and the person still waits.",
                  ('sum by (kind) (max by (service, kind, due) (redress_deadlines_open{service=~"$service", whose="department"})) or vector(0)', "{{kind}}")),
            panel("bargauge", "The complainant's own time", "none", "Cases that wait for the person: the next stage, or the way to the Examiner.",
                  ('sum by (kind) (max by (service, kind, due) (redress_deadlines_open{service=~"$service", whose="person"})) or vector(0)', "{{kind}}")),
        ]),
        ("What is late", [
            panel("timeseries", "Passed and unmet, by kind and tier", "none", "Tier 0 is the prime, 1 works under it. A tier that keeps coming is an organisation that does not work its desk.",
                  ('max by (service, kind, tier) (redress_deadlines_overdue{service=~"$service"}) or 0 * max(redress_approvals_waiting)', "{{kind}} tier {{tier}}"), alerts=["RedressDeadlineOverdue"], stacked=True, fill=20),
            panel("timeseries", "Breaches recorded in a day, by kind and tier", "none", "Limits that passed unmet in the day before, counted as they are recorded. Doing the duty late does not take it away.",
                  ('sum by (service, kind, tier) (increase(redress_deadlines_breached_total{service=~"$service"}[1d]))', "{{kind}} tier {{tier}}"), alerts=["RedressDeadlineBreached"]),
        ]),
        ("What is under way", [
            panel("timeseries", "Cases by stage", "none", "Cases that have a clock to look at.",
                  ('max by (service, stage) (redress_cases_open{service=~"$service"})', "{{service}} {{stage}}"), stacked=True, fill=20),
            panel("timeseries", "Drafts that wait for approval", "none", "The provider's clock does not stop for the department.",
                  ('max by (service) (redress_approvals_waiting{service=~"$service"})', "{{service}}"), alerts=["RedressApprovalsWaiting"]),
            panel("stat", "Calendar left", "d", "Days for which bank holidays are known. Beyond them no limit in working days can be counted.",
                  ("min by (division) (redress_calendar_coverage_days)", "{{division}}"), steps=[(None, "red"), (183, "orange"), (548, "green")], alerts=["RedressCalendarRunsOut"]),
        ]),
    ],
}

JOURNAL = {
    "uid": "redress-journal", "title": "Redress: journal and feeds", "variables": ["service"],
    "description": "Whether what happens is written down in order, signed, and followed.",
    "rows": [
        ("Order", [
            panel("timeseries", "Entries", "none", "Entries under the newest signed checkpoint.",
                  ('max by (service) (redress_journal_entries{service=~"$service"})', "{{service}}")),
            panel("timeseries", "Entries in a minute", "none", "How fast the journal grows.",
                  ('max by (service) (deriv(redress_journal_entries{service=~"$service"}[5m])) * 60', "{{service}}")),
            panel("timeseries", "Oldest entry without a position", "s", "More than some seconds means that the sequencer does not keep up, or stands still.",
                  ('max by (service) (redress_journal_unsequenced_age_seconds{service=~"$service"})', "{{service}}"), alerts=["RedressSequencerStalled"]),
        ]),
        ("Proof", [
            panel("stat", "Sequencers that run", "none", "One in each replica; they take turns. Fewer than replicas: one has found another past than the one that was signed.",
                  ('sum by (service) (redress_journal_sequencing{service=~"$service"})', "{{service}}"), alerts=["RedressJournalInconsistent"], steps=[(None, "red"), (1, "green")]),
            panel("timeseries", "Checkpoint signed", "s", "Time since the newest checkpoint. It grows while nothing happens, and that is well.",
                  ('min by (service) (redress_journal_checkpoint_age_seconds{service=~"$service"})', "{{service}}")),
            panel("timeseries", "Entries without a position", "none", "Committed, and not yet in order.",
                  ('max by (service) (redress_journal_unsequenced{service=~"$service"})', "{{service}}"), alerts=["RedressSequencerStalled"]),
        ]),
        ("Feeds that are followed", [
            panel("timeseries", "Not level with the source", "s", "Time since the service was last known to have acted on everything its source had recorded.",
                  ('max by (service, source) (redress_subscription_lag_seconds{service=~"$service"})', "{{service}} follows {{source}}"), alerts=["RedressFeedBehind"]),
            panel("timeseries", "From record to effect", "s", "99 of 100 entries took no longer to have their effect.",
                  ('histogram_quantile(0.99, sum by (service, source, le) (rate(redress_subscription_delay_seconds_bucket{service=~"$service"}[5m])))', "{{service}} follows {{source}}"), alerts=["RedressFeedBehind"]),
            panel("timeseries", "Entries not looked at", "none", "What the source has recorded and the service has not looked at.",
                  ('max by (service, source) (redress_subscription_lag_entries{service=~"$service"})', "{{service}} follows {{source}}"), alerts=["RedressFeedBehind"]),
        ]),
        ("What could not be followed", [
            panel("timeseries", "Entries set aside", "none", "Held entries are tried again or wait behind another of their stream; parked ones wait for a person.",
                  ('max by (service, source) (redress_subscription_held{service=~"$service"})', "{{service}} follows {{source}}: held"),
                  ('max by (service, source) (redress_subscription_parked{service=~"$service"})', "{{service}} follows {{source}}: parked"), alerts=["RedressEntryParked"]),
            panel("timeseries", "Position reached", "none", "Position in the source's journal up to which the service has acted.",
                  ('max by (service, source) (redress_subscription_position{service=~"$service"})', "{{service}} follows {{source}}"), alerts=["RedressFeedBehind"]),
            panel("timeseries", "Sources in quarantine", "none", "1 while nothing is taken from a source because its past has changed.",
                  ('max by (service, source) (redress_subscription_quarantined{service=~"$service"})', "{{service}} follows {{source}}"), alerts=["RedressSourceQuarantined"]),
        ]),
    ],
}

RETENTION = {
    "uid": "redress-retention", "title": "Redress: records and retention", "variables": ["service"], "from": "now-30d",
    "description": "Whether what must be kept is there, and whether what must go is gone.",
    "rows": [
        ("Kept", [
            panel("stat", "Documents without bytes", "none", "Rows whose object is not in the store. Anything but 0 is lost evidence.",
                  ('max by (service) (redress_documents_missing{service=~"$service"})', "{{service}}"), steps=GOOD_OR_BAD, alerts=["RedressDocumentsMissing"]),
            panel("stat", "Keys that are not in the keyring", "none", "Rows whose text nobody can read: the keyring is older than the data.",
                  ('max by (service) (redress_keys_missing{service=~"$service"})', "{{service}}"), steps=GOOD_OR_BAD, alerts=["RedressKeysMissing"]),
            panel("timeseries", "Objects without a document, removed in a day", "none", "Left behind by uploads that were interrupted.",
                  ('sum by (service) (increase(redress_documents_orphans_removed_total{service=~"$service"}[1d]))', "{{service}}")),
        ]),
        ("Ended", [
            panel("stat", "Days past its date", "none", "How long the record that is kept too long the longest has been: past its date, and nothing holds it.",
                  ('max by (service) (redress_records_over_retention_days{service=~"$service"})', "{{service}}"), steps=GOOD_OR_BAD, alerts=["RedressRecordsKeptTooLong"]),
            panel("stat", "Records without a term", "none", "The guidance of their contract gives none, so they are kept until somebody agrees one.",
                  ('max by (service) (redress_records_without_basis{service=~"$service"})', "{{service}}"), steps=GOOD_OR_BAD, alerts=["RedressRecordsWithoutBasis"]),
            panel("stat", "Records whose hold nobody looked at again", "none", "The day of review of one of their holds has passed.",
                  ('max by (service) (redress_records_held_past_review{service=~"$service"})', "{{service}}"), steps=GOOD_OR_BAD, alerts=["RedressHoldsPastReview"]),
            panel("stat", "Disposals that stand still", "none", "A holder refused, or destroyed something else than it was told. Somebody must look.",
                  ('max by (service) (redress_disposals_open{service=~"$service", stage="HALTED"})', "{{service}}"), steps=GOOD_OR_BAD, alerts=["RedressDisposalHalted"]),
            panel("stat", "Requests to be erased that are late", "none", "The day of the promised answer has passed.",
                  ('max by (service) (redress_erasure_requests_open{service=~"$service", answer="late"})', "{{service}}"), steps=GOOD_OR_BAD, alerts=["RedressErasureAnswerLate"]),
            panel("timeseries", "Requests to be erased that wait", "none", "By how near the promised answer is: later, soon (somebody is reminded), late.",
                  ('max by (service, answer) (redress_erasure_requests_open{service=~"$service"})', "{{service}}, {{answer}}"), alerts=["RedressErasureAnswerDue"]),
            panel("stat", "Anonymised sets to be judged again", "none", "The day to judge again whether they are anonymous has come.",
                  ('max by (service) (redress_anonymity_reviews_due{service=~"$service"})', "{{service}}"), steps=GOOD_OR_BAD, alerts=["RedressAnonymityReviewDue"]),
            panel("timeseries", "Last days of contracts that do not count yet", "none", "Told earlier than before, by whether a change of the schedule is under way. Nothing ends sooner until two people have agreed.",
                  ('max by (service, change) (redress_contract_ends_withheld{service=~"$service"})', "{{service}}, change under way: {{change}}"), alerts=["RedressContractEndWithheld"]),
            panel("timeseries", "Records past their date", "none", "By whether something holds them. What nothing holds waits for a disposal.",
                  ('max by (service, held) (redress_records_due{service=~"$service"})', "{{service}}, held: {{held}}")),
            panel("timeseries", "Disposals under way", "none", "By stage: proposed and approved wait for people, ordered for holders.",
                  ('max by (service, stage) (redress_disposals_open{service=~"$service"})', "{{service}}, {{stage}}")),
            panel("timeseries", "Days that the oldest disposal has waited", "none", "In the stage where it stands. Ordered for a day or more: a holder does not answer.",
                  ('max by (service, stage) (redress_disposals_waiting_days{service=~"$service"})', "{{service}}, {{stage}}"), alerts=["RedressDisposalStuck"]),
        ]),
        ("Forgotten", [
            panel("timeseries", "Answers whose term was over, in a day", "none", "Answers to requests are kept for repetitions, for as long as journal.answers_kept says.",
                  ('sum by (service) (increase(redress_request_answers_lapsed_total{service=~"$service"}[1d]))', "{{service}}")),
        ]),
    ],
}

BOARDS = [OVERVIEW, SERVICE, CLOCKS, JOURNAL, RETENTION]
