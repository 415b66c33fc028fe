-- How many names are off a roll though a condition was not met. Served by removal_list_idx.
select count(*) from cme.removal r
 where r.authority = @authority and r.unmet <> '{}' and r.put_back_at is null
   and r.urn = @urn --? urn
