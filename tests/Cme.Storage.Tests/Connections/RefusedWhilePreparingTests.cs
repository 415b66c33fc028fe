using Cme.Storage.Connections;
using Npgsql;

namespace Cme.Storage.Tests.Connections;

/// <summary>A statement that is refused at the very moment at which its session prepares it.</summary>
public sealed class RefusedWhilePreparingTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task The_session_goes_on_whichever_use_of_a_statement_was_refused(int refused)
    {
        await using var store = await Store.CreateAsync();
        for (var use = 1; use <= 6; use++)
        {
            if (use == refused)
            {
                // PostgreSQL's text holds no NUL character, so it refuses the value before it runs the statement.
                (await Should.ThrowAsync<PostgresException>(() => WriteAsync(store, "a \0 character"))).SqlState.ShouldBe("22021");
                continue;
            }
            (await WriteAsync(store, $"use {use}")).ShouldBe($"use {use}");
        }
    }

    private static async Task<string> WriteAsync(Store store, string text) =>
        (await store.Database.WriteAsync("select $1::text", parameters => parameters.AddText(text), row => row.GetString(0), CancellationToken.None)).Single();
}
