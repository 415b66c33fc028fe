-- Forgets a form. Served by the primary key.
delete from cme.kept_form k
 where k.authority = @authority and k.person = @person and k.episode = @episode and k.form = @form
returning k.person
