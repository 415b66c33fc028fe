using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;

namespace Cme.TestSupport.Service;

/// <summary>The demo as its clients see it: an address, and the keys that its file of credentials holds.</summary>
public interface IService
{
    Uri BaseUrl { get; }

    /// <summary>The key of an organisation: a URN, or the authority's code.</summary>
    string KeyOf(string organisation);

    /// <summary>A client with the key of an organisation.</summary>
    HttpClient ClientOf(string organisation);

    /// <summary>Reads an organisation's key from a file of credentials.</summary>
    static string KeyIn(string file, string organisation)
    {
        using var credentials = JsonDocument.Parse(File.ReadAllText(file));
        return credentials.RootElement.GetProperty("apiKeys").EnumerateArray()
            .Single(key => key.GetProperty("organisation").GetString() == organisation).GetProperty("key").GetString()!;
    }

    static HttpClient ClientFor(Uri address, string key)
    {
        var client = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(3) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    /// <summary>A port that nobody listens on now.</summary>
    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
