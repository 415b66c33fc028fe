using Cme.Simulation;

return CommandLine.Run(args, Console.Out);
