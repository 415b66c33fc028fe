using System.Reflection;
using Cme.Grains.EmbeddedTests.Runtime;

namespace Cme.Grains.ClusterTests.Runtime;

/// <summary>What the embedded runtime stands in for exists in Orleans, under the same names and with the same signatures.</summary>
public sealed class OrleansMembersSpecs
{
    [Fact]
    public void Every_listed_member_is_a_member_of_Orleans()
    {
        var types = Directory.EnumerateFiles(AppContext.BaseDirectory, "Orleans.*.dll")
            .SelectMany(path => Assembly.LoadFrom(path).GetExportedTypes())
            .ToLookup(type => type.FullName);
        var offered = OrleansMembers.Listed.Select(line => line.Split(" :: ")[0]).Distinct()
            .SelectMany(name => types[name]).SelectMany(OrleansMembers.OfferedBy).ToHashSet();
        OrleansMembers.Listed.Where(line => !offered.Contains(line)).ShouldBeEmpty();
    }
}
