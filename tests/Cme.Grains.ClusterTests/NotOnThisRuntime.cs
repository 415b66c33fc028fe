namespace Cme.Grains.ClusterTests;

public sealed class NotOnThisRuntime
{
    [Fact(Skip = "Built in the embedded flavour: on Orleans these specs run with -p:CmeRuntime=Orleans, where its packages restore (docs/adr/0001).")]
    public void The_grain_specs_run_on_Orleans()
    {
    }
}
