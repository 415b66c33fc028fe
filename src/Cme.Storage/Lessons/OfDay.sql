-- When the registers of a school's lessons were taken on a day. Served by the primary key of lesson_register.
select l.urn, l.lesson, l.teaching, l.taken_at
  from cme.lesson_register l
 where l.authority = @authority and l.urn = @urn and l.date = @date
 order by l.lesson, l.teaching
