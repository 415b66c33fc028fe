Console.Error.WriteLine("Cme.Proxy was built in the embedded flavour: only a cluster has several web nodes (docs/adr/0001).");
return 1;
