using Cme.Storage.Connections;

namespace Cme.Storage.Tests.Connections;

/// <summary>What traces call a statement.</summary>
public sealed class StatementNameTests
{
    [Theory]
    [InlineData("select cme.store_states($1, $2)", "select cme.store_states")]
    [InlineData("/* for a reader */ -- Of cme.episode and others.\nselect e.reference\n  from cme.episode_row e", "select cme.episode_row")]
    [InlineData("INSERT INTO cme.search (id) VALUES ('Amina')", "insert cme.search")]
    [InlineData("with x as (select 1) select * from x", "with")]
    [InlineData("vacuum", "statement")]
    [InlineData(null, "statement")]
    public void A_statement_is_called_by_its_verb_and_the_first_thing_of_ours(string? statement, string name) => StatementNames.Of(statement).ShouldBe(name);
}
