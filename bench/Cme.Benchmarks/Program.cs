using Cme.Benchmarks.Harness;
using Cme.Benchmarks.Push;
using Cme.Benchmarks.Start;

// The bare programs that `start` and `push` compare ours with are modes of this one.
return args switch
{
    [HelloWorld.Mode, .. var rest] => await HelloWorld.RunAsync(rest),
    [BareHub.Mode, .. var rest] => await BareHub.RunAsync(rest),
    _ => await CommandLine.RunAsync(args),
};
