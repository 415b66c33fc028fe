// The simulation drives the embedded runtime. Built for Orleans it has nothing to do.
return 0;
