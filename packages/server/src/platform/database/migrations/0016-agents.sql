-- Agents in the field, their devices, and what their offline journals asked for (docs/guides/field-agents.md).
create table agents (
  tenant_id uuid not null,
  id uuid not null,
  status text not null,
  name text not null, -- as the tenant's own system knows the agent
  created_at timestamptz not null,
  constraint agents_pkey primary key (tenant_id, id)
);

-- One row for each decision about an agent. The leaf at sequence has a commitment to actor and note; salt opens it.
create table agent_decisions (
  tenant_id uuid not null,
  id uuid not null,
  agent_id uuid not null,
  action text not null,
  actor text not null,
  note text,
  salt bytea,
  transaction_id uuid not null,
  sequence bigint not null,
  decided_at timestamptz not null,
  constraint agent_decisions_pkey primary key (tenant_id, id)
);
create index agent_decisions_agent on agent_decisions (tenant_id, agent_id, id);
create index agent_decisions_transaction on agent_decisions (tenant_id, transaction_id);

create table agent_devices (
  tenant_id uuid not null,
  id uuid not null,
  agent_id uuid not null,
  status text not null,
  public_key json not null,
  key_thumbprint text not null, -- RFC 7638
  created_at timestamptz not null,
  constraint agent_devices_pkey primary key (tenant_id, id),
  constraint agent_devices_key unique (tenant_id, key_thumbprint)
);
create index agent_devices_agent on agent_devices (tenant_id, agent_id, id);

-- One row for each operation of a journal that was decided, for ever: what is sent again finds it. Nothing of what was
-- filled in is here: body_hmac tells whether it was the same.
create table sync_operations (
  tenant_id uuid not null,
  device_id uuid not null,
  operation_id uuid not null,
  sequence bigint not null,
  kind text not null,
  subject text not null,
  body_hmac bytea not null,
  outcome text not null,
  object_id text, -- what it made or changed
  registration_id text, -- whom its subject stands for from now on, where this operation settled that
  problem json,
  conflict json,
  settled_by uuid, -- of a conflict: the operation that chose
  client_time timestamptz not null,
  decided_at timestamptz not null,
  constraint sync_operations_pkey primary key (tenant_id, device_id, operation_id),
  constraint sync_operations_sequence unique (tenant_id, device_id, sequence)
);
create index sync_operations_subject on sync_operations (tenant_id, device_id, subject) where registration_id is not null;

-- What agents attested. The leaf at sequence has a commitment to the attestation; salt opens it.
create table enrolments (
  tenant_id uuid not null,
  id uuid not null,
  registration_id text not null,
  agent_id uuid not null,
  device_id uuid not null,
  operation_id uuid not null,
  attested_at timestamptz not null,
  latitude text,
  longitude text,
  attestation text not null,
  salt bytea,
  transaction_id uuid not null,
  sequence bigint not null,
  created_at timestamptz not null,
  constraint enrolments_pkey primary key (tenant_id, id)
);
create index enrolments_agent on enrolments (tenant_id, agent_id, id);
create index enrolments_registration on enrolments (tenant_id, registration_id, id);
create index enrolments_transaction on enrolments (tenant_id, transaction_id);
