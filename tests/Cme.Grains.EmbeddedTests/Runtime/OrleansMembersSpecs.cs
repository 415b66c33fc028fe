using Cme.Runtime.Embedded.Hosting;

namespace Cme.Grains.EmbeddedTests.Runtime;

/// <summary>The list of Orleans members is what grains may use: no member here is missing from it, and none in it is missing here.</summary>
public sealed class OrleansMembersSpecs
{
    [Fact]
    public void The_list_names_exactly_what_the_embedded_runtime_offers_in_the_namespaces_of_Orleans()
    {
        var offered = typeof(EmbeddedRuntime).Assembly.GetExportedTypes()
            .Where(type => type.Namespace == "Orleans" || type.Namespace?.StartsWith("Orleans.", StringComparison.Ordinal) == true)
            .OrderBy(type => type.FullName, StringComparer.Ordinal)
            .SelectMany(OrleansMembers.DeclaredBy)
            .ToList();
        offered.Except(OrleansMembers.Listed).ShouldBeEmpty();
        OrleansMembers.Listed.Except(offered).ShouldBeEmpty();
    }
}
