-- What Orleans asks of ADO.NET storage, answered from our own tables: the same rows as on one machine, so that a database moves from
-- one to the other with nothing migrated. Orleans looks for its queries without naming a schema, hence public. Parameters and columns
-- are its own names. Every key of ours is a string, for which n0 and n1 are 0; other keys are spelt out.

create table public.orleansquery (
    querykey  text primary key,
    querytext text not null
);

create function cme.grain_key(p_n0 bigint, p_n1 bigint, p_text text) returns text language sql immutable as $$
    select case when p_n0 = 0 and p_n1 = 0 then coalesce(p_text, '') else p_n0 || '/' || p_n1 || '/' || coalesce(p_text, '') end
$$;

-- Null or no row tells Orleans that someone else wrote in between.
insert into public.orleansquery (querykey, querytext) values
('WriteToStorageKey', $q$
    select cme.write_state(@ServiceId, @GrainTypeString, cme.grain_key(@GrainIdN0, @GrainIdN1, @GrainIdExtensionString),
                           @GrainStateVersion, @PayloadBinary) as NewGrainStateVersion
$q$),
('ReadFromStorageKey', $q$
    select s.payload as PayloadBinary, s.version as Version
      from cme.grain_state s
     where s.service_id = @ServiceId and s.state_name = @GrainTypeString
       and s.key = cme.grain_key(@GrainIdN0, @GrainIdN1, @GrainIdExtensionString)
$q$),
('ClearStorageKey', $q$
    select cme.clear_state(@ServiceId, @GrainTypeString, cme.grain_key(@GrainIdN0, @GrainIdN1, @GrainIdExtensionString),
                           @GrainStateVersion) as NewGrainStateVersion
$q$),
('DeleteStorageKey', $q$
    delete from cme.grain_state s
     where s.service_id = @ServiceId and s.state_name = @GrainTypeString
       and s.key = cme.grain_key(@GrainIdN0, @GrainIdN1, @GrainIdExtensionString) and s.version = @GrainStateVersion
    returning s.version + 1 as NewGrainStateVersion
$q$),
('UpsertReminderRowKey', $q$
    select r.version as Version
      from cme.upsert_reminders(@ServiceId, array[@GrainId], array[@ReminderName], array[@StartTime], array[@Period::bigint],
                                array[@GrainHash]) r
$q$),
('ReadReminderRowsKey', $q$
    select r.grain_id as GrainId, r.name as ReminderName, r.start_at as StartTime, r.period_ms as Period, r.version as Version
      from cme.reminder r
     where r.service_id = @ServiceId and r.grain_id = @GrainId
$q$),
('ReadReminderRowKey', $q$
    select r.grain_id as GrainId, r.name as ReminderName, r.start_at as StartTime, r.period_ms as Period, r.version as Version
      from cme.reminder r
     where r.service_id = @ServiceId and r.grain_id = @GrainId and r.name = @ReminderName
$q$),
('ReadRangeRows1Key', $q$
    select r.grain_id as GrainId, r.name as ReminderName, r.start_at as StartTime, r.period_ms as Period, r.version as Version
      from cme.reminder r
     where r.service_id = @ServiceId and r.hash > @BeginHash and r.hash <= @EndHash
$q$),
('ReadRangeRows2Key', $q$
    select r.grain_id as GrainId, r.name as ReminderName, r.start_at as StartTime, r.period_ms as Period, r.version as Version
      from cme.reminder r
     where r.service_id = @ServiceId and (r.hash > @BeginHash or r.hash <= @EndHash)
$q$),
('DeleteReminderRowKey', $q$
    with deleted as (
        delete from cme.reminder r
         where r.service_id = @ServiceId and r.grain_id = @GrainId and r.name = @ReminderName and r.version = @Version
        returning r.version)
    select exists (select from deleted) as Deleted
$q$),
('DeleteReminderRowsKey', $q$
    delete from cme.reminder r where r.service_id = @ServiceId
$q$);

-- Which silos a cluster has. The version goes up with every change of a member, and a change that was decided on an older view fails.
create table cme.membership_version (
    deployment_id text primary key,
    changed_at    timestamptz not null default now(),
    version       integer     not null default 0
);

create table cme.membership (
    deployment_id   text        not null references cme.membership_version on delete cascade,
    address         text        not null,
    port            integer     not null,
    generation      integer     not null,
    silo_name       text        not null,
    host_name       text        not null,
    status          integer     not null,
    proxy_port      integer,
    suspect_times   text,
    start_time      timestamptz not null,
    i_am_alive_time timestamptz not null,
    primary key (deployment_id, address, port, generation)
);

insert into public.orleansquery (querykey, querytext) values
('InsertMembershipVersionKey', $q$
    with inserted as (
        insert into cme.membership_version (deployment_id) values (@DeploymentId) on conflict do nothing returning deployment_id)
    select exists (select from inserted) as Inserted
$q$),
('InsertMembershipKey', $q$
    with bumped as (
        update cme.membership_version v
           set version = v.version + 1, changed_at = now()
         where v.deployment_id = @DeploymentId and v.version = @Version
           and not exists (select from cme.membership m
                            where m.deployment_id = @DeploymentId and m.address = @Address and m.port = @Port and m.generation = @Generation)
        returning v.deployment_id
    ), inserted as (
        insert into cme.membership (deployment_id, address, port, generation, silo_name, host_name, status, proxy_port, start_time,
               i_am_alive_time)
        select b.deployment_id, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime
          from bumped b
        returning deployment_id)
    select exists (select from inserted) as Inserted
$q$),
('UpdateMembershipKey', $q$
    with bumped as (
        update cme.membership_version v
           set version = v.version + 1, changed_at = now()
         where v.deployment_id = @DeploymentId and v.version = @Version
           and exists (select from cme.membership m
                        where m.deployment_id = @DeploymentId and m.address = @Address and m.port = @Port and m.generation = @Generation)
        returning v.deployment_id
    ), updated as (
        update cme.membership m
           set status = @Status, suspect_times = @SuspectTimes, i_am_alive_time = @IAmAliveTime
          from bumped b
         where m.deployment_id = b.deployment_id and m.address = @Address and m.port = @Port and m.generation = @Generation
        returning m.deployment_id)
    select exists (select from updated) as Updated
$q$),
('UpdateIAmAlivetimeKey', $q$
    update cme.membership m
       set i_am_alive_time = @IAmAliveTime
     where m.deployment_id = @DeploymentId and m.address = @Address and m.port = @Port and m.generation = @Generation
$q$),
('MembershipReadRowKey', $q$
    select v.deployment_id as DeploymentId, m.address as Address, m.port as Port, m.generation as Generation, m.silo_name as SiloName,
           m.host_name as HostName, m.status as Status, m.proxy_port as ProxyPort, m.suspect_times as SuspectTimes,
           m.start_time as StartTime, m.i_am_alive_time as IAmAliveTime, v.version as Version
      from cme.membership_version v
      left join cme.membership m
        on m.deployment_id = v.deployment_id and m.address = @Address and m.port = @Port and m.generation = @Generation
     where v.deployment_id = @DeploymentId
$q$),
('MembershipReadAllKey', $q$
    select v.deployment_id as DeploymentId, m.address as Address, m.port as Port, m.generation as Generation, m.silo_name as SiloName,
           m.host_name as HostName, m.status as Status, m.proxy_port as ProxyPort, m.suspect_times as SuspectTimes,
           m.start_time as StartTime, m.i_am_alive_time as IAmAliveTime, v.version as Version
      from cme.membership_version v
      left join cme.membership m on m.deployment_id = v.deployment_id
     where v.deployment_id = @DeploymentId
$q$),
('DeleteMembershipTableEntriesKey', $q$
    delete from cme.membership_version v where v.deployment_id = @DeploymentId
$q$),
('CleanupDefunctSiloEntriesKey', $q$
    delete from cme.membership m
     where m.deployment_id = @DeploymentId and m.i_am_alive_time < @IAmAliveTime and m.status <> 3   -- 3 is active.
$q$),
('GatewaysQueryKey', $q$
    select m.address as Address, m.proxy_port as ProxyPort, m.generation as Generation
      from cme.membership m
     where m.deployment_id = @DeploymentId and m.status = @Status and m.proxy_port > 0
$q$);
