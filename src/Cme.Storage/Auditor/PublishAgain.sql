-- Queues an episode's head to be published once more, without an event.
insert into cme.unpublished (authority, episode) values (@authority, @episode)
