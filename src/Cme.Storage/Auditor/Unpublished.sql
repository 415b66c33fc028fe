-- Authorities with something committed and not numbered. The queue is empty or short, and is read whole.
select u.authority, u.authority, min(u.queued_at)
  from cme.unpublished u
 where u.queued_at < now() - @age
 group by u.authority
 order by min(u.queued_at), u.authority
 limit @most
