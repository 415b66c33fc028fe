using Cme.Benchmarks.Harness;
using Cme.Benchmarks.Start;

// The bare program that `start` compares ours with is a mode of this one.
return args is [HelloWorld.Mode, .. var rest] ? await HelloWorld.RunAsync(rest) : await CommandLine.RunAsync(args);
