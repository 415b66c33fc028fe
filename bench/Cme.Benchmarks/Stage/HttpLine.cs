using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Cme.Benchmarks.Stage;

/// <summary>
/// One connection to the program, kept open, on which requests that were written beforehand go out and answers come in. A full client
/// would take from the two processors as much as it measures.
/// </summary>
internal sealed class HttpLine : IDisposable
{
    private static readonly byte[] HeadEnds = "\r\n\r\n"u8.ToArray();
    private static readonly byte[] ChunksEnd = "0\r\n\r\n"u8.ToArray();

    private readonly Socket _socket;
    private byte[] _answer = new byte[16 * 1024];

    private HttpLine(Socket socket) => _socket = socket;

    public static async Task<HttpLine> OpenAsync(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port);
            return new HttpLine(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Sends a whole request and reads the whole answer. The body is valid until the next call.</summary>
    /// <exception cref="IOException">The connection ended too early.</exception>
    public async Task<(int Status, ReadOnlyMemory<byte> Body)> SendAsync(ReadOnlyMemory<byte> request)
    {
        for (var sent = 0; sent < request.Length;) { sent += await _socket.SendAsync(request[sent..]); }
        var held = 0;
        while (true)
        {
            if (held == _answer.Length) { Array.Resize(ref _answer, held * 2); }
            var got = await _socket.ReceiveAsync(_answer.AsMemory(held));
            if (got == 0) { throw new IOException("The connection ended before the answer did."); }
            held += got;
            if (Whole(_answer.AsSpan(0, held)) is { } answer) { return (answer.Status, _answer.AsMemory(answer.Body, held - answer.Body)); }
        }
    }

    public void Dispose() => _socket.Dispose();

    // The status and where the body begins, once everything is there.
    private static (int Status, int Body)? Whole(ReadOnlySpan<byte> answer)
    {
        var headLength = answer.IndexOf(HeadEnds);
        if (headLength < 0) { return null; }
        var (head, body) = (Encoding.ASCII.GetString(answer[..headLength]), headLength + HeadEnds.Length);
        var complete = Field(head, "Content-Length:") is { } length
            ? answer.Length >= body + int.Parse(length, CultureInfo.InvariantCulture)
            : Field(head, "Transfer-Encoding:") is null || answer.EndsWith(ChunksEnd);
        return complete ? (int.Parse(head.AsSpan("HTTP/1.1 ".Length, 3), NumberStyles.None, CultureInfo.InvariantCulture), body) : null;
    }

    private static string? Field(string head, string name)
    {
        var at = head.IndexOf("\n" + name, StringComparison.OrdinalIgnoreCase);
        return at < 0 ? null : head[(at + name.Length + 1)..].Split('\r', 2)[0].Trim();
    }
}
