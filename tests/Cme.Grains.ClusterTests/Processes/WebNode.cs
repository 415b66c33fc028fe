using Cme.TestSupport.Service;

namespace Cme.Grains.ClusterTests.Processes;

/// <summary>The web program on a database of ours, as its clients see it: a node of a cluster, or alone with its grains.</summary>
internal sealed class WebNode : IService, IAsyncDisposable
{
    private readonly string _data;

    private WebNode(string assembly, string database, string data, params string[] arguments)
    {
        _data = data;
        BaseUrl = new Uri($"http://127.0.0.1:{IService.FreePort()}");
        Program = new ChildProgram(
            assembly, Path.Combine(Repository.Root, "src/Cme.Web"),
            ["--Demo:Enabled=true", "--Demo:Empty=true", $"--Data:Directory={data}", $"--Urls={BaseUrl}", .. arguments],
            // An unpublished build serves its scripts only so.
            new Dictionary<string, string> { ["ASPNETCORE_ENVIRONMENT"] = "Development", ["ConnectionStrings__Cme"] = database });
    }

    public ChildProgram Program { get; }

    public Uri BaseUrl { get; }

    /// <summary>A web node of the cluster of that database.</summary>
    public static WebNode OfCluster(string database, string data) =>
        new(Repository.Built("src/Cme.Web", "Cme.Web.dll"), database, data, "--Cluster:Role=client");

    /// <summary>The program in the embedded flavour, which every other suite runs.</summary>
    public static WebNode Alone(string database, string data) => new(Repository.BuiltEmbedded("src/Cme.Web", "Cme.Web.dll"), database, data);

    public Task StartAsync() => Program.StartAsync(new Uri(BaseUrl, "/health/ready"));

    public string KeyOf(string organisation) => IService.KeyIn(Path.Combine(_data, "credentials.json"), organisation);

    public HttpClient ClientOf(string organisation) => IService.ClientFor(BaseUrl, KeyOf(organisation));

    public ValueTask DisposeAsync() => Program.DisposeAsync();
}
