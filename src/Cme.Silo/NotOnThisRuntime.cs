Console.Error.WriteLine("Cme.Silo was built in the embedded flavour: a cluster needs the Orleans packages (docs/adr/0001).");
return 1;
