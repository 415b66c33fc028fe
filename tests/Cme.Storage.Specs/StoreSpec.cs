using Cme.Storage.Schools;

namespace Cme.Storage.Specs;

/// <summary>What every store promises. Each kind of store runs all of it, on a store of its own for each spec.</summary>
public abstract class StoreSpec : IAsyncLifetime
{
    protected const string Authority = "999";
    protected const string School = "900001";
    protected const string OtherSchool = "900002";
    protected static readonly DateOnly Tuesday = new(2026, 9, 8);
    protected static readonly DateTimeOffset Morning = new(2026, 9, 8, 7, 50, 0, TimeSpan.Zero);

    private IStoreUnderTest? _store;

    protected IStoreUnderTest Store => _store!;

    /// <summary>The store that the specs are run on.</summary>
    protected abstract Task<IStoreUnderTest> CreateAsync();

    public async Task InitializeAsync()
    {
        _store = await CreateAsync();
        await Store.Schools.PutAuthorityAsync(new AuthorityRecord(Authority, "Nene Valley Council"));
        await Store.Schools.PutAsync(new SchoolRecord { Authority = Authority, Urn = School, Name = "Meadow Park School" });
        await Store.Schools.PutAsync(new SchoolRecord { Authority = Authority, Urn = OtherSchool, Name = "Riverside School" });
    }

    public async Task DisposeAsync() => await Store.DisposeAsync();
}
