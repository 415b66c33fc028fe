-- A kept form that has not expired. Served by the primary key.
select k.content
  from cme.kept_form k
 where k.authority = @authority and k.person = @person and k.episode = @episode and k.form = @form and k.expires_at > @now
