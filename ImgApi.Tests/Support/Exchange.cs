using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace ImgApi.Tests.Support;

/// <summary>One request to a <see cref="ScriptedServer"/>, and the way to answer it.</summary>
internal sealed class Exchange(string head, Stream stream)
{
    /// <summary>Path and query.</summary>
    public string Target => head.Split(' ')[1];

    public bool IsForFile => Target.Contains("/file", StringComparison.Ordinal);

    public static async Task<Exchange?> ReadAsync(Stream stream)
    {
        var text = await ReadHeadAsync(stream);
        return text.Length == 0 ? null : new Exchange(text, stream);
    }

    /// <summary>A header of the request; null if it is absent.</summary>
    public string? Header(string name) => HeaderOf(head, name);

    /// <summary>Sends a whole answer. Adds <c>Content-Length</c> unless the head has it or a transfer coding.</summary>
    public Task SendAsync(string answerHead, string body = "") => SendAsync(answerHead, Encoding.UTF8.GetBytes(body));

    public async Task SendAsync(string answerHead, byte[] body)
    {
        var hasLength = answerHead.Contains("Content-Length", StringComparison.OrdinalIgnoreCase)
            || answerHead.Contains("Transfer-Encoding", StringComparison.OrdinalIgnoreCase);
        var length = hasLength ? "" : $"Content-Length: {body.Length}\r\n";
        await WriteAsync(Encoding.Latin1.GetBytes($"HTTP/1.1 {answerHead.Trim()}\r\n{length}Connection: close\r\n\r\n"));
        await WriteAsync(body);
    }

    public Task SendJsonAsync(string json) => SendAsync("200 OK\r\nContent-Type: application/json", json);

    /// <summary>Sends raw bytes.</summary>
    public async Task WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        await stream.WriteAsync(bytes);
        await stream.FlushAsync();
    }

    /// <summary>Forwards the request to a real server.</summary>
    /// <param name="upstream">The server.</param>
    /// <param name="bodyLimit">The number of bytes of the body after which the connection is closed; null for no limit.</param>
    /// <param name="hold">A task to wait for at the limit. The rest of the body follows instead of the connection being closed.</param>
    /// <param name="dropRange">Whether to remove the Range header.</param>
    public async Task ForwardAsync(Uri upstream, long? bodyLimit = null, Task? hold = null, bool dropRange = false)
    {
        using var server = new TcpClient();
        await server.ConnectAsync(upstream.Host, upstream.Port);
        var answer = server.GetStream();
        var lines = head.Split("\r\n").Where(line => !(dropRange && line.StartsWith("Range:", StringComparison.OrdinalIgnoreCase))).ToList();
        lines.Insert(1, "Connection: close");
        await answer.WriteAsync(Encoding.Latin1.GetBytes(string.Join("\r\n", lines)));
        await WriteAsync(Encoding.Latin1.GetBytes(await ReadHeadAsync(answer)));
        await CopyAsync(answer, bodyLimit ?? long.MaxValue);
        if (hold is not null)
        {
            await hold;
            await CopyAsync(answer, long.MaxValue);
        }
    }

    private async Task CopyAsync(Stream answer, long limit)
    {
        var buffer = new byte[16 * 1024];
        while (limit > 0 && await answer.ReadAsync(buffer.AsMemory(0, (int)Math.Min(limit, buffer.Length))) is var count and > 0)
        {
            await WriteAsync(buffer.AsMemory(0, count));
            limit -= count;
        }
    }

    private static string? HeaderOf(string head, string name) => head.Split("\r\n").Skip(1)
        .Where(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))
        .Select(line => line[(name.Length + 1)..].Trim())
        .FirstOrDefault();

    private static async Task<string> ReadHeadAsync(Stream stream)
    {
        var text = new StringBuilder();
        var one = new byte[1];
        while (!text.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(one) == 1)
        {
            text.Append((char)one[0]);
        }

        return text.ToString();
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Target} Range={Header("Range")}");
}
